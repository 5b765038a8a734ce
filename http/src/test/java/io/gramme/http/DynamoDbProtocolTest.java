package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.Errors;
import io.gramme.core.error.SignatureErrors;
import io.gramme.core.error.WireErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbProtocolTest {
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

    private static DynamoDbProtocol door(Endpoint endpoint) {
        var limits = new HttpOptions.Limits(1, 1, 64 << 10, 1 << 20, 4096, 4096, 1000);
        return new DynamoDbProtocol(endpoint, limits, new BodyMemory(limits.bodyMemoryBytes()));
    }

    private Answer ask(Endpoint endpoint, String method, String uri, byte[] body) {
        return door(endpoint)
                .answer(new Request("ID", Peer.HERE, method, uri, new ReceivedHeaders(headers), Bytes.wrap(body)));
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
                call -> (call.target() + " " + call.caller().account() + " "
                                + call.caller().region() + " " + new String(call.body(), UTF_8) + " "
                                + call.requestId())
                        .getBytes(UTF_8),
                "{\"a\":1}");
        assertThat(text(answer))
                .isEqualTo("Target[service=STREAMS, operation=ListStreams]" + " 000000000000 eu-west-1 {\"a\":1} ID");
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
    @ValueSource(strings = {"AWSEvents.PutRule", "AmazonSQS.SendMessage", "Kinesis_20131202.ListStreams"})
    void aTargetOfAnotherServiceIsRefusedInJsonWithATypeAndAMessage(String target) {
        String expected = "{\"__type\":\"com.amazon.coral.service#UnknownOperationException\",\"message\":\"" + target
                + " is not an operation of a service that this endpoint serves."
                + " Give the client of the other service an endpoint of its own\"}";
        headers.set("X-Amz-Target", target);
        for (String type : new String[] {"application/x-amz-json-1.1", "application/x-amz-json-1.0"}) {
            headers.set("Content-Type", type);
            Answer answer = post("{}");
            assertThat(answer.status()).isEqualTo(400);
            assertThat(header(answer, "Content-Type")).isEqualTo(type);
            assertThat(text(answer)).isEqualTo(expected);
        }
    }

    @Test
    void anotherServiceOnThisPortSpeaksItsOwnJson() {
        headers.set("X-Amz-Target", "AnyScaleFrontendService.DescribeScalableTargets")
                .set("Content-Type", "application/x-amz-json-1.1");
        Answer answer = post(call -> call.target().toString().getBytes(UTF_8), "{}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "Content-Type")).isEqualTo("application/x-amz-json-1.1");
        assertThat(text(answer)).isEqualTo("Target[service=AUTO_SCALING, operation=DescribeScalableTargets]");
    }

    @Test
    void errorsOfAnotherServiceHaveBareTypesAndACapitalMessage() {
        headers.set("X-Amz-Target", "AnyScaleFrontendService.DescribeScalableTargets")
                .set("Content-Type", "application/x-amz-json-1.1");
        Answer refused = post(
                _ -> {
                    throw ErrorCode.VALIDATION.because("no");
                },
                "{}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(text(refused)).isEqualTo("{\"__type\":\"ValidationException\",\"Message\":\"no\"}");
        Answer failed = post(
                _ -> {
                    throw ErrorCode.INTERNAL.because("Internal server error");
                },
                "{}");
        assertThat(failed.status()).isEqualTo(500);
        assertThat(text(failed)).startsWith("{\"__type\":\"InternalServiceException\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Service",
                "Service.",
                ".Operation",
                "A b.C",
                "DynamoDB_20120810.ListTables",
                "DynamoDB_20111205.ListTables",
                "Service.<script>",
                "Service.Operation.More"
            })
    void whatIsNoTargetOfAnotherServiceIsNotFoundInItsProtocol(String target) {
        headers.set("Content-Type", "application/x-amz-json-1.1").set("X-Amz-Target", target);
        Answer answer = post("{}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(text(answer)).isEqualTo("<UnknownOperationException/>\n");
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
        public void requireServed(Target target) {
            if (!target.operation().equals("ListTables")) {
                throw WireErrors.unknownOperation();
            }
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

    @ParameterizedTest
    @ValueSource(strings = {"DynamoDB_20120810.ListTables", "", "DynamoDB_20120810.Nonsense"})
    void aRequestWithNeitherCredentialsNorABodyIsRefusedForItsCredentials(String target) {
        headers.remove("Authorization");
        headers.set("X-Amz-Target", target);
        assertThat(text(post(""))).isEqualTo(MISSING_TOKEN);
        assertThat(text(post("{"))).isEqualTo(SERIALIZATION);
    }

    @Test
    void anEmptyBodyWithCredentialsIsNoJson() {
        headers.set("X-Amz-Target", "DynamoDB_20120810.");
        assertThat(text(post(""))).isEqualTo(SERIALIZATION);
        headers.remove("Authorization");
        Answer presigned = ask(Servers.EMPTY_OBJECT, "POST", "/?X-Amz-Algorithm=AWS4-HMAC-SHA256", new byte[0]);
        assertThat(text(presigned)).isEqualTo(SERIALIZATION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "localhost:8000 | localhost:8000",
                "dynamodb.example.com | dynamodb.example.com",
                "10.1.2.3:80 | 10.1.2.3:80",
                "[::1]:8000 | [::1]:8000",
                "some_service.internal | some_service.internal",
                "localhost:65536 | none",
                "localhost: | none",
                "a b | none",
                "a/b | none",
                "user@host | none",
                "<script> | none",
                "a\"b | none",
                "[zz] | none",
                "-host | none",
                "'' | none"
            })
    void aCallNamesTheHostThatTheClientUsedIfItIsOne(String host, String named) {
        headers.set("Host", host);
        Answer answer = post(call -> call.host().orElse("none").getBytes(UTF_8), "{}");
        assertThat(text(answer)).isEqualTo(named == null ? "none" : named);
    }

    @Test
    void aHostThatIsTooLongIsNone() {
        headers.set("Host", "a".repeat(4_000));
        assertThat(text(post(call -> call.host().orElse("none").getBytes(UTF_8), "{}")))
                .isEqualTo("none");
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
                    throw SignatureErrors.malformedCredential("a\"b\\c\u0007é\ud83d\ude00");
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
