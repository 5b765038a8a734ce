package io.gramme.server.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.Errors;
import io.gramme.core.error.WireErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrontDoorTest {
    private static final String UNKNOWN_OPERATION =
            "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\"}";
    private static final String SERIALIZATION = "{\"__type\":\"com.amazon.coral.service#SerializationException\"}";
    private static final String MISSING_TOKEN =
            "{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\","
                    + "\"message\":\"Request is missing Authentication Token\"}";
    private static final String AUTHORIZATION = "AWS4-HMAC-SHA256"
            + " Credential=dummy/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

    private final HttpHeaders headers = new DefaultHttpHeaders()
            .set("Content-Type", "application/x-amz-json-1.0")
            .set("X-Amz-Target", "DynamoDB_20120810.ListTables")
            .set("X-Amz-Date", "20260101T000000Z")
            .set("Authorization", AUTHORIZATION);

    private static FrontDoor door(Endpoint endpoint) {
        var limits = new HttpOptions.Limits(1, 1, 64 << 10, 1 << 20, 4096, 4096, 1000);
        return new FrontDoor(endpoint, new AnyCredentials(), limits, new BodyMemory(limits.bodyMemoryBytes()));
    }

    private Answer ask(Endpoint endpoint, String method, String uri, byte[] body) {
        return door(endpoint)
                .answer(new Request(
                        "ID", method, uri, name -> Optional.ofNullable(headers.get(name)), Bytes.wrap(body)));
    }

    private Answer post(Endpoint endpoint, String body) {
        return ask(endpoint, "POST", "/", body.getBytes(UTF_8));
    }

    private Answer post(String body) {
        return post(Servers.EMPTY_OBJECT, body);
    }

    /** Empty where there is none. */
    private static String header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .findFirst()
                .orElse("");
    }

    private static String text(Answer answer) {
        return new String(answer.body().shared(), UTF_8);
    }

    @Test
    void aCallCarriesItsTargetItsCallerAndItsBody() {
        headers.set("X-Amz-Target", "DynamoDBStreams_20120810.ListStreams");
        Answer answer = post(
                call -> (call.target() + " " + call.caller() + " " + new String(call.body(), UTF_8) + " "
                                + call.requestId())
                        .getBytes(UTF_8),
                "{\"a\":1}");
        assertThat(text(answer))
                .isEqualTo("Target[service=STREAMS, operation=ListStreams]"
                        + " Caller[account=000000000000, region=eu-west-1] {\"a\":1} ID");
    }

    @Test
    void anAnswerNamesItsRequestAndItsChecksum() {
        Answer answer = post("{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(text(answer)).isEqualTo("{}");
        assertThat(header(answer, "x-amzn-RequestId")).isEqualTo("ID");
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("2745614147");
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void anOperationWithoutAnAnswerSendsNoBody() {
        Answer answer = post(_ -> new byte[0], "{}");
        assertThat(answer.body().length()).isZero();
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/x-amz-json-1.0",
                "application/json; charset=utf-8",
                "application/x-amz-json-1.0;charset=UTF-8"
            })
    void bothContentTypesAreAcceptedAndEchoedWithoutTheirParameters(String type) {
        headers.set("Content-Type", type);
        Answer answer = post("{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(type).startsWith(header(answer, "Content-Type"));
        assertThat(header(answer, "Content-Type")).doesNotContain(";");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text/plain", "application/x-amz-json-1.1", "application/jsonx"})
    void anyOtherContentTypeIsNotFound(String type) {
        headers.set("Content-Type", type);
        Answer answer = post("{}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(text(answer)).isEqualTo("<UnknownOperationException/>\n");
        assertThat(header(answer, "x-amz-crc32")).isEqualTo("3552371480");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"})
    void anyOtherMethodIsNotFound(String method) {
        Answer answer = ask(Servers.EMPTY_OBJECT, method, "/", new byte[0]);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(text(answer)).isEqualTo("<UnknownOperationException/>\n");
    }

    @Test
    void getIsTheHealthCheckAtTheRootAndNowhereElse() {
        Answer root = ask(Servers.EMPTY_OBJECT, "GET", "/", new byte[0]);
        assertThat(root.status()).isEqualTo(200);
        assertThat(text(root)).isEqualTo("healthy: dynamodb.us-east-1.amazonaws.com ");
        Answer other = ask(Servers.EMPTY_OBJECT, "GET", "/other", new byte[0]);
        assertThat(other.status()).isEqualTo(404);
    }

    @Test
    void theHealthCheckSaysWhatTheServerCannotDo() {
        Answer root = ask(
                new Endpoint() {
                    @Override
                    public byte[] answer(Call call) {
                        throw new IllegalStateException("not asked");
                    }

                    @Override
                    public Optional<String> impairment() {
                        return Optional.of("disk is full");
                    }
                },
                "GET",
                "/",
                new byte[0]);
        assertThat(root.status()).isEqualTo(503);
        assertThat(text(root)).isEqualTo("unhealthy: disk is full\n");
    }

    @Test
    void aBrowsersPreflightIsAllowedWhatItAsksFor() {
        headers.set("Origin", "http://example.com")
                .set("Access-Control-Request-Headers", "x-amz-target,authorization")
                .set("Access-Control-Request-Method", "POST");
        Answer answer = ask(Servers.EMPTY_OBJECT, "OPTIONS", "/", new byte[0]);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(answer, "Access-Control-Allow-Headers")).isEqualTo("x-amz-target,authorization");
        assertThat(header(answer, "Access-Control-Allow-Methods")).isEqualTo("POST");
        assertThat(header(answer, "Access-Control-Max-Age")).isEqualTo("172800");
    }

    @Test
    void aBrowserMayReadAnswersAndRefusals() {
        headers.set("Origin", "http://example.com");
        assertThat(header(post("{}"), "Access-Control-Allow-Origin")).isEqualTo("*");
        headers.set("X-Amz-Target", "nonsense");
        Answer refusal = post("{}");
        assertThat(header(refusal, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(refusal, "Access-Control-Expose-Headers")).contains("x-amzn-RequestId");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ListTables",
                "DynamoDB_20120810",
                "DynamoDB_20120810.",
                "DynamoDB_20111205.ListTables",
                "dynamodb_20120810.ListTables"
            })
    void aTargetThatNamesNoOperationIsUnknown(String target) {
        headers.set("X-Amz-Target", target);
        Answer answer = post("{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo(UNKNOWN_OPERATION);
    }

    @Test
    void malformedJsonIsReportedBeforeAnUnknownTarget() {
        headers.remove("X-Amz-Target");
        assertThat(text(post("{"))).isEqualTo(SERIALIZATION);
        assertThat(text(post(""))).isEqualTo(SERIALIZATION);
        assertThat(text(post("{\"a\": \"\\ud83d\"}"))).isEqualTo(SERIALIZATION);
    }

    @Test
    void malformedJsonIsReportedBeforeMissingCredentials() {
        headers.remove("Authorization");
        assertThat(text(post("{\"a\":}"))).isEqualTo(SERIALIZATION);
    }

    @Test
    void anUnknownTargetIsReportedBeforeMissingCredentials() {
        headers.remove("Authorization");
        headers.set("X-Amz-Target", "DynamoDB_20120810.Nonsense");
        assertThat(text(post(new OnlyListTables(), "{}"))).isEqualTo(UNKNOWN_OPERATION);
        headers.set("X-Amz-Target", "DynamoDB_20120810.ListTables");
        assertThat(text(post(new OnlyListTables(), "{}"))).isEqualTo(MISSING_TOKEN);
    }

    private static final class OnlyListTables implements Endpoint {
        @Override
        public byte[] answer(Call call) {
            return new byte[0];
        }

        @Override
        public boolean knows(Target target) {
            return target.operation().equals("ListTables");
        }
    }

    @Test
    void missingCredentialsAreReportedInTheServicesWords() {
        headers.remove("Authorization");
        Answer answer = post("{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer)).isEqualTo(MISSING_TOKEN);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/x-amz-json-1.0");
    }

    @Test
    void whatTheEndpointRefusesIsTheClientsAnswer() {
        Answer answer = post(
                _ -> {
                    throw Errors.conditionFailed();
                },
                "{}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"message\":\"The conditional request failed\"}");
    }

    @Test
    void aFailedConditionMayShowTheStoredItem() {
        Answer answer = post(
                _ -> {
                    throw Errors.conditionFailed().withItem(Item.of("id", new Value.S("a")));
                },
                "{}");
        assertThat(text(answer))
                .isEqualTo("{\"__type\":\"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException\","
                        + "\"Item\":{\"id\":{\"S\":\"a\"}},\"message\":\"The conditional request failed\"}");
    }

    @Test
    void wordsAreEscaped() {
        Answer answer = post(
                _ -> {
                    throw WireErrors.malformedCredential("a\"b\\c\u0007é\ud83d\ude00");
                },
                "{}");
        assertThat(text(answer)).contains("got 'a\\\"b\\\\c\\u0007é\ud83d\ude00'");
    }

    @Test
    void whatTheEndpointBreaksIsOurFaultAndSaysNothingMore() {
        Answer exception = post(
                _ -> {
                    throw new IllegalStateException("secret");
                },
                "{}");
        Answer error = post(
                _ -> {
                    throw new AssertionError("secret");
                },
                "{}");
        String expected = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#InternalServerError\","
                + "\"message\":\"Internal server error\"}";
        assertThat(exception.status()).isEqualTo(500);
        assertThat(text(exception)).isEqualTo(expected);
        assertThat(text(error)).isEqualTo(expected);
    }

    @Test
    void aCompressedBodyIsInflated() {
        headers.set("Content-Encoding", "gzip");
        String body = "{\"a\":\"" + "x".repeat(10_000) + "\"}";
        Answer answer = ask(Servers.ECHO, "POST", "/", Gzip.compress(body.getBytes(UTF_8)));
        assertThat(text(answer)).isEqualTo(body);
    }

    @Test
    void aBodyThatIsNotWhatItsEncodingSaysIsUnreadable() {
        headers.set("Content-Encoding", "gzip");
        assertThat(text(post("{}"))).isEqualTo(SERIALIZATION);
    }

    @Test
    void aTruncatedCompressedBodyIsUnreadable() {
        headers.set("Content-Encoding", "gzip");
        byte[] whole = Gzip.compress("{\"a\":\"bcdefgh\"}".getBytes(UTF_8));
        Answer answer = ask(Servers.ECHO, "POST", "/", java.util.Arrays.copyOf(whole, whole.length - 9));
        assertThat(text(answer)).isEqualTo(SERIALIZATION);
    }

    @Test
    void aCodingOfTheProtocolChangesNothing() {
        headers.set("Content-Encoding", "amz-1.0");
        assertThat(text(post(Servers.ECHO, "{}"))).isEqualTo("{}");
    }

    @Test
    void aBombIsRefusedAtItsBound() {
        headers.set("Content-Encoding", "gzip");
        byte[] bomb = Gzip.compress(new byte[100 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        Answer answer = ask(Servers.EMPTY_OBJECT, "POST", "/", bomb);
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void aLongAnswerIsCompressedForWhoAccepts() throws Exception {
        String body = "{\"a\":\"" + "x".repeat(5000) + "\"}";
        assertThat(header(post(Servers.ECHO, body), "Content-Encoding")).isEmpty();

        headers.set("Accept-Encoding", "deflate, gzip");
        Answer answer = post(Servers.ECHO, body);
        assertThat(header(answer, "Content-Encoding")).isEqualTo("gzip");
        try (var in = new java.util.zip.GZIPInputStream(
                new java.io.ByteArrayInputStream(answer.body().shared()))) {
            assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo(body);
        }
        var crc = new CRC32();
        crc.update(answer.body().shared());
        assertThat(header(answer, "x-amz-crc32")).isEqualTo(Long.toString(crc.getValue()));
    }

    @Test
    void aShortAnswerIsNeverCompressed() {
        headers.set("Accept-Encoding", "gzip");
        assertThat(header(post("{}"), "Content-Encoding")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip; q=0 | false",
                "gzip;q=0.000, br | false",
                "deflate, gzip;q=0.0 | false",
                "gzip;q=0.5 | true",
                "br;q=0, GZIP;q=1.0 | true",
                "identity | false"
            })
    void gzipMayBeDeclinedExplicitly(String accepted, boolean compressed) {
        headers.set("Accept-Encoding", accepted);
        Answer answer = post(Servers.ECHO, "{\"a\":\"" + "x".repeat(5000) + "\"}");
        assertThat(header(answer, "Content-Encoding").equals("gzip")).isEqualTo(compressed);
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000/, 200",
        "http://localhost:8000, 200",
        "HTTP://localhost/?a=b, 200",
        "http://localhost/other, 404",
        "/?next=http://localhost/, 200",
        "*, 404"
    })
    void aClientThatNamesTheWholeAddressMeansItsPath(String uri, int status) {
        Answer answer = ask(Servers.EMPTY_OBJECT, "GET", uri, new byte[0]);
        assertThat(answer.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?Action=ListTables", "/a/b%zz", "http://localhost/", "/?x=http://y"})
    void anOperationIsNamedByItsTargetWhateverThePath(String uri) {
        assertThat(ask(Servers.ECHO, "POST", uri, "{}".getBytes(UTF_8)).status())
                .isEqualTo(200);
    }

    @Test
    void ofSeveralHeadersOfOneNameTheFirstCounts() {
        headers.add("X-Amz-Target", "nonsense").add("Content-Type", "text/plain");
        headers.add("Authorization", "Basic dXNlcjpwYXNz");
        assertThat(post("{}").status()).isEqualTo(200);
    }
}
