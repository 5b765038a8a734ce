package io.gramme.transfer.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.BucketException.Failure;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every kind of bucket does. Each test has an empty bucket called {@code mine}. */
abstract class BucketContract {
    static final String NAME = "mine";

    abstract Buckets buckets();

    private Bucket bucket() {
        return buckets().named(NAME);
    }

    static Bytes random(int length) {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        return Bytes.wrap(content);
    }

    static void fails(Failure failure, Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        BucketException.class, e -> assertThat(e.failure()).isEqualTo(failure));
    }

    List<String> keys(String prefix, String after, int limit) {
        return bucket().list(prefix, after, limit).stream()
                .map(ObjectSummary::key)
                .toList();
    }

    @Test
    void anObjectReadsBackFromAnyOffset() throws IOException {
        Bytes content = random(3_000);
        bucket().put("a/b.json", content);
        for (int offset : new int[] {0, 1, 2_999, 3_000}) {
            try (var in = bucket().get("a/b.json", offset)) {
                assertThat(Bytes.wrap(in.readAllBytes())).isEqualTo(content.from(offset));
            }
        }
    }

    @Test
    void anUploadTellsSizeAndDigests() throws Exception {
        Bytes content = random(1_000);
        StoredObject stored = bucket().put("k", content);
        Bytes md5 = Bytes.wrap(MessageDigest.getInstance("MD5").digest(content.toArray()));
        assertThat(stored.size()).isEqualTo(1_000);
        assertThat(stored.md5()).isEqualTo(md5);
        assertThat(stored.sha256())
                .isEqualTo(Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(content.toArray())));
        assertThat(stored.etag()).isEqualTo(md5.toString());
    }

    @Test
    void anEmptyObjectIsAnObject() {
        bucket().put("_started", Bytes.EMPTY);
        assertThat(bucket().content("_started", 0)).isEqualTo(Bytes.EMPTY);
        assertThat(bucket().head("_started").orElseThrow().size()).isZero();
    }

    @Test
    void anObjectAppearsWholeOrNotAtAll() {
        try (Upload upload = bucket().put("k")) {
            upload.write(new byte[] {1, 2, 3}, 0, 3);
            assertThat(bucket().head("k")).isEmpty();
            assertThat(keys("", "", 10)).isEmpty();
        }
        assertThat(bucket().head("k")).isEmpty();
        assertThat(keys("", "", 10)).isEmpty();
    }

    @Test
    void aDiscardedUploadLeavesTheObjectBeforeIt() {
        bucket().put("k", Bytes.utf8("old"));
        try (Upload upload = bucket().put("k")) {
            upload.write(new byte[] {1}, 0, 1);
        }
        assertThat(bucket().content("k", 9)).isEqualTo(Bytes.utf8("old"));
    }

    @Test
    void anObjectReplacesTheOneBeforeIt() {
        bucket().put("k", Bytes.utf8("old"));
        ObjectSummary old = bucket().head("k").orElseThrow();
        bucket().put("k", Bytes.utf8("newer"));
        assertThat(bucket().content("k", 9)).isEqualTo(Bytes.utf8("newer"));
        assertThat(bucket().head("k").orElseThrow().version()).isNotEqualTo(old.version());
        assertThat(keys("", "", 10)).containsExactly("k");
    }

    @Test
    void aCompleteUploadTakesNoMore() {
        try (Upload upload = bucket().put("k")) {
            upload.complete();
            assertThatThrownBy(() -> upload.write(new byte[1], 0, 1)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(upload::complete).isInstanceOf(IllegalStateException.class);
        }
        assertThat(bucket().head("k")).isPresent();
    }

    @Test
    void aMissingObjectIsToldFromAMissingBucket() {
        fails(Failure.NO_SUCH_KEY, () -> bucket().get("k", 0));
        assertThat(bucket().head("k")).isEmpty();
        bucket().delete("k");
        fails(Failure.NO_SUCH_BUCKET, () -> buckets().named("missing").list("", "", 1));
        fails(Failure.NO_SUCH_BUCKET, () -> buckets().named("missing").put("k", Bytes.EMPTY));
    }

    @Test
    void theTextOfAMissingBucketIsTheServices() {
        assertThatThrownBy(() -> buckets().named("missing").list("", "", 1))
                .hasMessageMatching("The specified bucket does not exist \\(Service: Amazon S3; Status Code: 404; "
                        + "Error Code: NoSuchBucket; Request ID: .*; S3 Extended Request ID: .*; Proxy: null\\)");
    }

    @Test
    void aDeletedObjectIsGone() {
        bucket().put("a/k", Bytes.utf8("1"));
        bucket().delete("a/k");
        assertThat(bucket().head("a/k")).isEmpty();
        assertThat(keys("", "", 10)).isEmpty();
    }

    @Test
    void aPrefixIsRawText() {
        for (String key : List.of("data/1", "data2/1", "dat", "data", "e")) {
            if (!key.equals("data") || allowsKeysInsideOfKeys()) {
                bucket().put(key, Bytes.EMPTY);
            }
        }
        assertThat(keys("data", "", 10)).contains("data/1", "data2/1").doesNotContain("dat", "e");
        assertThat(keys("data/", "", 10)).containsExactly("data/1");
        assertThat(keys("x", "", 10)).isEmpty();
    }

    /** Whether {@code a} and {@code a/b} can both be objects. */
    boolean allowsKeysInsideOfKeys() {
        return true;
    }

    /** Keys of this bucket kind's tests. */
    List<String> awkwardKeys() {
        return List.of(
                "a-",
                "a.b",
                "a/b",
                "a/b.c",
                "a/c/d",
                "a0",
                "a b",
                "a+b",
                "a%2Fb",
                "a%",
                "A",
                "~",
                "é",
                "\uffff",
                "\ud83d\ude00",
                "x/é/y",
                "=&?#",
                "'\"");
    }

    @Test
    void pagesAreInTheOrderOfKeys() {
        var written = new ArrayList<>(awkwardKeys());
        written.forEach(key -> bucket().put(key, Bytes.utf8(key)));
        written.sort(Comparator.comparing(key -> Bytes.wrap(key.getBytes(UTF_8))));
        for (int limit : new int[] {1, 3, 1_000}) {
            var read = new ArrayList<String>();
            List<String> page;
            do {
                page = keys("", read.isEmpty() ? "" : read.getLast(), limit);
                read.addAll(page);
            } while (page.size() == limit);
            assertThat(read).isEqualTo(written);
        }
        written.forEach(key -> assertThat(bucket().content(key, 100)).isEqualTo(Bytes.utf8(key)));
    }

    @Test
    void aListingBeginsAfterAKeyThatNeedNotExist() {
        for (String key : List.of("a/1", "a/3", "b")) {
            bucket().put(key, Bytes.EMPTY);
        }
        assertThat(keys("", "a/2", 10)).containsExactly("a/3", "b");
        assertThat(keys("a/", "a/3", 10)).isEmpty();
        assertThat(keys("a/", "A", 10)).containsExactly("a/1", "a/3");
        assertThat(keys("", "a", 1)).containsExactly("a/1");
        assertThat(keys("", "a0", 10)).containsExactly("b");
    }

    @Test
    void whatIsNoKeyIsRefused() {
        fails(Failure.INVALID_KEY, () -> bucket().put(""));
        fails(Failure.INVALID_KEY, () -> bucket().put("a\0b"));
        fails(Failure.INVALID_KEY, () -> bucket().put("\ud800"));
        fails(Failure.INVALID_KEY, () -> bucket().put("k/".repeat(600)));
    }

    @Test
    void aSmallObjectIsRefusedIfItIsLarge() {
        bucket().put("k", random(100));
        assertThat(bucket().content("k", 100).length()).isEqualTo(100);
        fails(Failure.CHANGED, () -> bucket().content("k", 99));
    }
}
