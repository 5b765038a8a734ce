package io.gramme.transfer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.BucketException.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class S3BucketsTest extends BucketContract {
    private static LocalS3 server;

    private Buckets buckets;

    @BeforeAll
    static void start() throws Exception {
        server = new LocalS3();
    }

    @AfterAll
    static void stop() throws Exception {
        server.stop();
    }

    @BeforeEach
    void open() {
        server.createEmpty(NAME);
        buckets = new S3Buckets(server.endpoint());
    }

    @AfterEach
    void close() {
        buckets.close();
    }

    @Override
    Buckets buckets() {
        return buckets;
    }

    /** Without those that cannot be in the XML of a listing. */
    @Override
    List<String> awkwardKeys() {
        return super.awkwardKeys().stream().filter(key -> !key.equals("\uffff")).toList();
    }

    @Test
    void aLargeObjectIsUploadedInParts() throws IOException {
        Bytes content = random(2 * S3Upload.PART + 100);
        Bucket bucket = buckets.named(NAME);
        StoredObject stored;
        try (Upload upload = bucket.put("large")) {
            upload.write(content.shared(), 0, 10);
            upload.write(content.shared(), 10, content.length() - 10);
            stored = upload.complete();
        }
        assertThat(stored.etag()).matches("[0-9a-f]{32}-3");
        assertThat(stored.md5()).isEqualTo(md5(content));
        for (int offset : new int[] {0, S3Upload.PART, content.length() - 1}) {
            try (InputStream in = bucket.get("large", offset)) {
                assertThat(Bytes.wrap(in.readAllBytes())).isEqualTo(content.from(offset));
            }
        }
    }

    private static Bytes md5(Bytes content) {
        var digest = new ContentDigest();
        digest.update(content.shared(), 0, content.length());
        return digest.object("").md5();
    }

    @Test
    void anObjectOfExactlyOnePartIsOneRequest() {
        StoredObject stored = buckets.named(NAME).put("k", random(S3Upload.PART));
        assertThat(stored.etag()).isEqualTo(stored.md5().toString());
    }

    @Test
    void aDiscardedUploadAbortsItsParts() {
        Bytes content = random(S3Upload.PART + 1);
        try (Upload upload = buckets.named(NAME).put("large")) {
            upload.write(content.shared(), 0, content.length());
            assertThat(server.objects().listMultipartUploads(NAME)).hasSize(1);
        }
        assertThat(server.objects().listMultipartUploads(NAME)).isEmpty();
    }

    @Test
    void moreThanAThousandObjectsAreListedByPages() {
        Bucket bucket = buckets.named(NAME);
        var written = new ArrayList<String>();
        for (int i = 0; i < 1_205; i++) {
            String key = "data/%05d".formatted(i);
            server.objects()
                    .putBlob(
                            NAME, server.objects().blobBuilder(key).payload("x").build());
            written.add(key);
        }
        List<String> first = keys("data/", "", 1_000);
        List<String> second = keys("data/", first.getLast(), 1_000);
        assertThat(first).isEqualTo(written.subList(0, 1_000));
        assertThat(second).isEqualTo(written.subList(1_000, 1_205));
        assertThat(bucket.list("data/01", "", 1_000)).hasSize(205);
    }

    @Test
    void aStreamThatIsClosedEarlyIsNotReadToItsEnd() throws IOException {
        Bucket bucket = buckets.named(NAME);
        Bytes content = random(4 << 20);
        bucket.put("k", content);
        try (InputStream in = bucket.get("k", 0)) {
            assertThat(in.read()).isEqualTo(content.at(0));
        }
        assertThat(bucket.head("k")).isPresent();
    }

    @Test
    void wrongCredentialsAreAccessDenied() {
        for (var wrong : List.of(
                new S3Endpoint.Credentials("access", "wrong"), new S3Endpoint.Credentials("stranger", "secret"))) {
            try (Buckets denied = new S3Buckets(server.endpoint(wrong))) {
                Bucket bucket = denied.named(NAME);
                fails(Failure.ACCESS_DENIED, () -> bucket.list("", "", 1));
                fails(Failure.ACCESS_DENIED, () -> bucket.put("k", Bytes.EMPTY));
                fails(Failure.ACCESS_DENIED, () -> bucket.get("k", 0));
                fails(Failure.ACCESS_DENIED, () -> bucket.head("k"));
            }
        }
    }

    @Test
    void anEndpointThatIsNotThereIsUnavailable() {
        var nowhere = new S3Endpoint(
                Optional.of(URI.create("http://127.0.0.1:1")),
                "us-east-1",
                server.endpoint().credentials(),
                true,
                Optional.empty(),
                S3Endpoint.Headers.ALL);
        try (Buckets none = new S3Buckets(nowhere)) {
            assertThatThrownBy(() -> none.named(NAME).list("", "", 1))
                    .isInstanceOfSatisfying(
                            BucketException.class,
                            e -> assertThat(e.isTransient()).isTrue());
        }
    }
}
