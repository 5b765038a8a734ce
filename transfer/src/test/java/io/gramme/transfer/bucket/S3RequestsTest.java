package io.gramme.transfer.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.BucketException.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is sent to an endpoint, and what its answers mean, with a server that plays them. */
@Tag("slow")
class S3RequestsTest {
    private interface Answer {
        void to(HttpExchange exchange) throws IOException;
    }

    private final List<Headers> requests = new CopyOnWriteArrayList<>();
    private volatile Answer answer = exchange -> exchange.sendResponseHeaders(200, -1);
    private HttpServer server;
    private Buckets buckets;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(exchange.getRequestHeaders());
            exchange.getRequestBody().readAllBytes();
            answer.to(exchange);
            exchange.close();
        });
        server.start();
        buckets = new S3Buckets(endpoint(S3Endpoint.Headers.ALL));
    }

    private S3Endpoint endpoint(S3Endpoint.Headers headers) {
        return new S3Endpoint(
                Optional.of(URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                "eu-west-1",
                Optional.of(new S3Endpoint.Credentials("access", "secret")),
                true,
                Optional.empty(),
                headers);
    }

    @AfterEach
    void stop() {
        buckets.close();
        server.stop(0);
    }

    private static final BucketAccess WITH_KEY =
            new BucketAccess(Optional.of("123456789012"), BucketAccess.Encryption.KMS, Optional.of("alias/mine"));

    @Test
    void anObjectIsSentWithEncryptionOwnerAndDigest() {
        buckets.named("mine", WITH_KEY).put("k", Bytes.utf8("content"));
        Headers sent = requests.getLast();
        assertThat(sent.getFirst("x-amz-server-side-encryption")).isEqualTo("aws:kms");
        assertThat(sent.getFirst("x-amz-server-side-encryption-aws-kms-key-id")).isEqualTo("alias/mine");
        assertThat(sent.getFirst("x-amz-expected-bucket-owner")).isEqualTo("123456789012");
        assertThat(sent.getFirst("Content-MD5")).isEqualTo("mgNkuembtIDdJeHwKEyFVQ==");
        assertThat(sent.getFirst("Authorization")).contains("/eu-west-1/s3/");
    }

    @Test
    void theDefaultIsEncryptionByTheEndpointsOwnKey() {
        buckets.named("mine").put("k", Bytes.EMPTY);
        assertThat(requests.getLast().getFirst("x-amz-server-side-encryption")).isEqualTo("AES256");
    }

    @Test
    void headersThatAnEndpointRefusesAreLeftOut() {
        try (Buckets plain = new S3Buckets(endpoint(S3Endpoint.Headers.NONE))) {
            plain.named("mine", WITH_KEY).put("k", Bytes.utf8("content"));
        }
        assertThat(requests.getLast().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("encryption"))
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("owner"));
    }

    @ParameterizedTest
    @CsvSource({
        "404, NoSuchBucket, NO_SUCH_BUCKET",
        "404, NoSuchKey, NO_SUCH_KEY",
        "403, AccessDenied, ACCESS_DENIED",
        "403, SignatureDoesNotMatch, ACCESS_DENIED",
        "403, InvalidAccessKeyId, ACCESS_DENIED",
        "400, KMS.NotFoundException, KMS_NOT_FOUND",
        "400, KMS.DisabledException, KMS_DISABLED",
        "400, KMS.KMSInvalidStateException, KMS_INVALID_STATE",
        "400, KeyTooLongError, INVALID_KEY",
        "400, InvalidArgument, REFUSED",
        "412, PreconditionFailed, CHANGED",
        "507, XMinioStorageFull, FULL",
        "503, SlowDown, UNAVAILABLE",
        "500, InternalError, UNAVAILABLE",
        "501, NotImplemented, UNAVAILABLE"
    })
    void aRefusalMeansAFailureCode(int status, String code, Failure failure) {
        answer = exchange -> {
            byte[] body = ("<Error><Code>" + code + "</Code><Message>words</Message><RequestId>R</RequestId></Error>")
                    .getBytes(UTF_8);
            exchange.getResponseHeaders().add("x-amz-request-id", "R");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        };
        assertThatThrownBy(() -> buckets.named("mine").get("k", 0))
                .isInstanceOfSatisfying(
                        BucketException.class, e -> assertThat(e.failure()).isEqualTo(failure))
                .hasMessageStartingWith("words (Service: Amazon S3; Status Code: " + status + "; Error Code: " + code
                        + "; Request ID: R;");
    }

    /** Sends the object from the offset that is asked for, but breaks off after so many bytes. */
    private void breakOffAfter(int bytes, Bytes object, String etagOfLaterAnswers) {
        answer = exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            String etag = from == 0 ? "\"one\"" : etagOfLaterAnswers;
            String wanted = exchange.getRequestHeaders().getFirst("If-Match");
            if (wanted != null && !wanted.equals(etag)) {
                exchange.sendResponseHeaders(412, -1);
                return;
            }
            exchange.getResponseHeaders().add("ETag", etag);
            exchange.sendResponseHeaders(range == null ? 200 : 206, object.length() - from);
            exchange.getResponseBody().write(object.shared(), from, Math.min(bytes, object.length() - from));
            exchange.getResponseBody().flush();
        };
    }

    @Test
    void aBrokenConnectionIsOpenedAgainWhereItBroke() throws IOException {
        Bytes object = BucketContract.random(1_000);
        breakOffAfter(300, object, "\"one\"");
        try (InputStream in = buckets.named("mine").get("k", 0)) {
            assertThat(Bytes.wrap(in.readAllBytes())).isEqualTo(object);
        }
        assertThat(requests).hasSize(4);
    }

    @Test
    void anObjectThatWasReplacedMeanwhileIsNotContinued() throws IOException {
        breakOffAfter(300, BucketContract.random(1_000), "\"two\"");
        try (InputStream in = buckets.named("mine").get("k", 0)) {
            BucketContract.fails(Failure.CHANGED, () -> {
                try {
                    in.readAllBytes();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }

    @Test
    void aConnectionThatBreaksWithoutProgressFails() throws IOException {
        breakOffAfter(0, BucketContract.random(1_000), "\"one\"");
        try (InputStream in = buckets.named("mine").get("k", 0)) {
            BucketContract.fails(Failure.UNAVAILABLE, () -> {
                try {
                    in.read();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        }
    }
}
