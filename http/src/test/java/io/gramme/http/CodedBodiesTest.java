package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed bodies, both ways. */
class CodedBodiesTest {
    private static final String BODY = "{\"a\":\"" + "x".repeat(10_000) + "\"}";

    private final HttpHeaders headers = new DefaultHttpHeaders()
            .set("Content-Type", "application/x-amz-json-1.0")
            .set("X-Amz-Target", "DynamoDB_20120810.ListTables")
            .set("X-Amz-Date", "20260101T000000Z")
            .set(
                    "Authorization",
                    "AWS4-HMAC-SHA256 Credential=dummy/20260101/eu-west-1/dynamodb/aws4_request,"
                            + " SignedHeaders=host, Signature=0");
    private final AtomicInteger calls = new AtomicInteger();
    private final BodyMemory memory = new BodyMemory(1 << 20);

    /** Answers with the body of the request. */
    private Answer ask(byte[] body) {
        var limits = new HttpOptions.Limits(1, 1, 64 << 10, 1 << 20, 4096, 4096, 1000);
        Endpoint echo = call -> {
            calls.incrementAndGet();
            return call.body();
        };
        Answer answer = new DynamoDbProtocol(echo, limits, memory)
                .answer(new Request("ID", Peer.HERE, "POST", "/", new ReceivedHeaders(headers), Bytes.wrap(body)));
        assertThat(memory.held()).isZero();
        return answer;
    }

    private void requireRefused(byte[] body, String message) {
        Answer answer = ask(body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(text(answer))
                .isEqualTo("{\"__type\":\"com.amazon.coral.service#SerializationException\",\"message\":\"" + message
                        + "\"}");
        assertThat(calls).as("the request has not run").hasValue(0);
    }

    private static String text(Answer answer) {
        return new String(answer.body().shared(), UTF_8);
    }

    private static Optional<String> header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .findFirst();
    }

    private static byte[] coded(ContentCoding coding, String content) {
        return coding.encode(content.getBytes(UTF_8));
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"gzip, GZIP", "GZIP, GZIP", "x-gzip, GZIP", "deflate, DEFLATE", "Deflate, DEFLATE"})
    void aCompressedRequestIsInflated(String encoding, ContentCoding coding) {
        headers.set("Content-Encoding", encoding);
        assertThat(text(ask(coded(coding, BODY)))).isEqualTo(BODY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "identity", "amz-1.0", "Identity"})
    void aNameThatMeansNoCodingChangesNothing(String encoding) {
        headers.set("Content-Encoding", encoding);
        assertThat(text(ask("{}".getBytes(UTF_8)))).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, deflate", "gzip,gzip", "utf-8", "*"})
    void anUnknownCodingDoesNotRunTheRequest(String encoding) {
        headers.set("Content-Encoding", encoding);
        requireRefused(
                "{}".getBytes(UTF_8),
                "Content-Encoding '" + encoding
                        + "' is not supported. Send the body as it is, or compressed by gzip or deflate (zlib)");
    }

    @Test
    void aLongNameOfACodingIsCutShortInTheRefusal() {
        headers.set("Content-Encoding", "z".repeat(3_000));
        assertThat(ask("{}".getBytes(UTF_8)).body().length()).isLessThan(400);
    }

    @ParameterizedTest
    @EnumSource(ContentCoding.class)
    void aBodyThatIsNotWhatItsCodingSaysDoesNotRunTheRequest(ContentCoding coding) {
        String name = coding.header().value();
        headers.set("Content-Encoding", name);
        String message = "The body is not valid " + name + ", which its Content-Encoding says it is";
        byte[] whole = coded(coding, "{\"a\":\"bcdefgh\"}");
        requireRefused("{}".getBytes(UTF_8), message);
        requireRefused(new byte[0], message);
        for (int length = 0; length < whole.length; length++) {
            requireRefused(Arrays.copyOf(whole, length), message);
        }
        requireRefused(joined(whole, new byte[] {0}), message);
        requireRefused(joined(whole, "{}".getBytes(UTF_8)), message);
        byte[] garbled = whole.clone();
        garbled[whole.length - 1] = (byte) (garbled[whole.length - 1] ^ 1);
        requireRefused(garbled, message);
    }

    @Test
    void theCodingOfTheOtherNameIsBroken() {
        headers.set("Content-Encoding", "deflate");
        requireRefused(
                coded(ContentCoding.GZIP, BODY),
                "The body is not valid deflate, which its Content-Encoding says it is");
        headers.set("Content-Encoding", "gzip");
        requireRefused(
                coded(ContentCoding.DEFLATE, BODY),
                "The body is not valid gzip, which its Content-Encoding says it is");
    }

    @Test
    void theBareFormatInsideOfDeflateIsNotDeflate() throws IOException {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (var bare = new DeflaterOutputStream(out, deflater)) {
            bare.write("{}".getBytes(UTF_8));
        }
        deflater.end();
        headers.set("Content-Encoding", "deflate");
        requireRefused(out.toByteArray(), "The body is not valid deflate, which its Content-Encoding says it is");
    }

    @Test
    void severalMembersOfGzipAreOneBody() {
        headers.set("Content-Encoding", "gzip");
        byte[] body = joined(
                coded(ContentCoding.GZIP, "{\"a\":"), coded(ContentCoding.GZIP, ""), coded(ContentCoding.GZIP, "1}"));
        assertThat(text(ask(body))).isEqualTo("{\"a\":1}");
    }

    @Test
    void theHeadOfGzipMayHaveEveryFieldThereIs() {
        headers.set("Content-Encoding", "gzip");
        byte[] plain = coded(ContentCoding.GZIP, "{}");
        byte[] head = Arrays.copyOf(plain, 10);
        head[3] = 2 | 4 | 8 | 16;
        byte[] body = joined(
                head,
                new byte[] {3, 0, 'x', 'y', 'z'},
                "name\0comment\0".getBytes(UTF_8),
                new byte[] {1, 2},
                Arrays.copyOfRange(plain, 10, plain.length));
        assertThat(text(ask(body))).isEqualTo("{}");
        for (int length = 10; length < 30; length++) {
            assertThat(ask(Arrays.copyOf(body, length)).status()).isEqualTo(400);
        }
    }

    @Test
    void noBytesWhateverAreAFaultOfTheServer() {
        var random = new Random(17);
        for (ContentCoding coding : ContentCoding.values()) {
            headers.set("Content-Encoding", coding.header().value());
            byte[] whole = coded(coding, "{\"a\":\"bcdefgh\"}");
            for (int i = 0; i < 2_000; i++) {
                byte[] garbled = whole.clone();
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt();
                assertThat(ask(garbled).status()).isIn(200, 400, 413);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ContentCoding.class)
    void aBombIsRefusedAtItsBound(ContentCoding coding) {
        headers.set("Content-Encoding", coding.header().value());
        byte[] bomb = coding.encode(new byte[100 << 20]);
        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(ask(bomb).status()).isEqualTo(413);
        assertThat(calls).hasValue(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "gzip | gzip",
                "x-gzip | gzip",
                "deflate | deflate",
                "deflate, gzip | gzip",
                "gzip;q=0.1, deflate;q=0.9 | deflate",
                "gzip; q=0, deflate | deflate",
                "gzip; q=0 | none",
                "gzip;q=0.000, br | none",
                "deflate;q=0.0 | none",
                "gzip;q=0.5 | gzip",
                "br;q=0, GZIP;q=1.0 | gzip",
                "gzip;q=high | none",
                "gzipped | none",
                "identity | none",
                ",;,=; | none"
            })
    void anAnswerIsCompressedAsItsClientPrefers(String accepted, String used) throws IOException {
        headers.set("Accept-Encoding", accepted);
        Answer answer = ask(BODY.getBytes(UTF_8));
        assertThat(header(answer, "Content-Encoding")).isEqualTo(Optional.ofNullable(used));
        assertThat(inflated(answer, used)).isEqualTo(BODY);
        var crc = new CRC32();
        crc.update(answer.body().shared());
        assertThat(header(answer, "x-amz-crc32")).contains(Long.toString(crc.getValue()));
    }

    private static String inflated(Answer answer, String used) throws IOException {
        var body = new ByteArrayInputStream(answer.body().shared());
        try (InputStream in = switch (String.valueOf(used)) {
            case "gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            default -> body;
        }) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    @Test
    void ofTwoHeadersOnWhatIsAcceptedTheFirstCounts() {
        headers.add("Accept-Encoding", "identity").add("Accept-Encoding", "gzip");
        assertThat(header(ask(BODY.getBytes(UTF_8)), "Content-Encoding")).isEmpty();
        headers.remove("Accept-Encoding");
        headers.add("Accept-Encoding", "deflate").add("Accept-Encoding", "gzip");
        assertThat(header(ask(BODY.getBytes(UTF_8)), "Content-Encoding")).contains("deflate");
    }

    @Test
    void aShortAnswerIsNeverCompressed() {
        headers.set("Accept-Encoding", "gzip, deflate");
        assertThat(header(ask("{}".getBytes(UTF_8)), "Content-Encoding")).isEmpty();
        assertThat(header(ask(BODY.getBytes(UTF_8)), "Content-Encoding")).isPresent();
    }
}
