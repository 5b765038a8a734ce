package io.gramme.transfer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.BucketException.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryBucketsTest extends BucketContract {
    @TempDir
    Path temporary;

    private Path root;
    private Path outside;
    private Buckets buckets;

    @BeforeEach
    void open() throws IOException {
        root = Files.createDirectories(temporary.resolve("root"));
        outside = Files.createDirectories(temporary.resolve("outside"));
        Files.createDirectories(root.resolve(NAME));
        buckets = new DirectoryBuckets(root);
    }

    @Override
    Buckets buckets() {
        return buckets;
    }

    @Override
    boolean allowsKeysInsideOfKeys() {
        return false;
    }

    private List<Path> filesOutsideOfTheBucket() throws IOException {
        try (Stream<Path> files = Files.walk(temporary)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(root.resolve(NAME)))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "../outside",
                "/",
                "mine/",
                "/mine",
                "mine/../../outside",
                "m\0ine",
                "mine\n",
                "\n",
                "-mine",
                "mine.",
                "min\u00e9",
                ".uploads",
                "~",
                "C:",
                "mine\\x"
            })
    void aHostileNameIsNoBucket(String name) {
        fails(Failure.NO_SUCH_BUCKET, () -> buckets.named(name));
    }

    @Test
    void aNameThatIsTooLongIsNoBucket() {
        fails(Failure.NO_SUCH_BUCKET, () -> buckets.named("a".repeat(256)));
    }

    @Test
    void aLinkIsNoBucket() throws IOException {
        Files.createSymbolicLink(root.resolve("link"), outside);
        fails(Failure.NO_SUCH_BUCKET, () -> buckets.named("link"));
    }

    @Test
    void aFileIsNoBucket() throws IOException {
        Files.writeString(root.resolve("file"), "");
        fails(Failure.NO_SUCH_BUCKET, () -> buckets.named("file"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..", "../x", "../../outside/x", "/etc/passwd", "/", "//", "a/../../x", "a/./b", ".", ".uploads/x",
                        ".hidden",
                "a/..", "%2e%2e/x", "%2E%2E%2Fx", "..%2fx", "C:\\x", "\\\\host\\x", "a\\..\\b", "a\nb", "a\u007fb", " ",
                        "a ",
                "con", "a:b", "\u202e", "a//b", "a/", "\u0001"
            })
    void aHostileKeyStaysInItsBucket(String key) throws IOException {
        Bucket bucket = buckets.named(NAME);
        bucket.put(key, Bytes.utf8("content"));
        assertThat(filesOutsideOfTheBucket()).isEmpty();
        assertThat(bucket.content(key, 100)).isEqualTo(Bytes.utf8("content"));
        assertThat(bucket.list("", "", 10)).extracting(ObjectSummary::key).containsExactly(key);
        bucket.delete(key);
        assertThat(bucket.list("", "", 10)).isEmpty();
    }

    @Test
    void noLinkIsFollowed() throws IOException {
        Path bucket = root.resolve(NAME);
        Files.writeString(outside.resolve("secret"), "secret");
        Files.createSymbolicLink(bucket.resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(bucket.resolve("directory"), outside);
        Bucket mine = buckets.named(NAME);

        assertThat(mine.list("", "", 10)).isEmpty();
        for (String key : List.of("file", "directory/secret")) {
            assertThat(mine.head(key)).isEmpty();
            fails(Failure.NO_SUCH_KEY, () -> mine.get(key, 0));
            mine.delete(key);
        }
        fails(Failure.INVALID_KEY, () -> mine.put("directory/new", Bytes.EMPTY));
        mine.put("file", Bytes.utf8("mine"));

        assertThat(Files.readString(outside.resolve("secret"))).isEqualTo("secret");
        assertThat(Files.exists(outside.resolve("new"))).isFalse();
        assertThat(mine.content("file", 9)).isEqualTo(Bytes.utf8("mine"));
    }

    @Test
    void aDirectoryOfUploadsThatIsALinkIsNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve(NAME).resolve(DirectoryBucket.UPLOADS), outside);
        fails(Failure.INVALID_KEY, () -> buckets.named(NAME).put("k"));
        assertThat(filesOutsideOfTheBucket()).isEmpty();
    }

    @Test
    void aPipeIsNoObject() throws Exception {
        Path pipe = root.resolve(NAME).resolve("pipe");
        new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
        assertThat(Files.exists(pipe)).isTrue();
        fails(Failure.NO_SUCH_KEY, () -> buckets.named(NAME).get("pipe", 0));
        assertThat(buckets.named(NAME).list("", "", 10)).isEmpty();
    }

    @Test
    void aKeyInTheWayOfAnotherIsRefused() {
        Bucket bucket = buckets.named(NAME);
        bucket.put("a", Bytes.EMPTY);
        fails(Failure.INVALID_KEY, () -> bucket.put("a/b", Bytes.EMPTY));
        bucket.put("c/d", Bytes.EMPTY);
        fails(Failure.INVALID_KEY, () -> bucket.put("c", Bytes.EMPTY));
    }

    @Test
    void aSegmentThatIsTooLongIsRefused() {
        Bucket bucket = buckets.named(NAME);
        bucket.put("a".repeat(255), Bytes.EMPTY);
        fails(Failure.INVALID_KEY, () -> bucket.put("a".repeat(256)));
        fails(Failure.INVALID_KEY, () -> bucket.put("\u20ac".repeat(29)));
    }

    @Test
    void filesAsAPersonPutsThemThereAreObjects() throws IOException {
        Path data = Files.createDirectories(root.resolve(NAME).resolve("my data"));
        Files.writeString(data.resolve("part-0 (1).json"), "x");
        Files.writeString(root.resolve(NAME).resolve(".DS_Store"), "x");
        assertThat(buckets.named(NAME).list("", "", 10))
                .extracting(ObjectSummary::key)
                .containsExactly("my data/part-0 (1).json");
    }

    @Test
    void anUploadThatIsDiscardedLeavesNoFile() throws IOException {
        try (Upload upload = buckets.named(NAME).put("k")) {
            upload.write(new byte[10], 0, 10);
        }
        try (Stream<Path> files = Files.walk(root)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void theFileOfADeadProcessIsDeletedADayLater() throws IOException {
        Path uploads = root.resolve(NAME).resolve(DirectoryBucket.UPLOADS);
        buckets.named(NAME).put("k", Bytes.EMPTY);
        Path left = Files.writeString(uploads.resolve("left"), "half of an object");
        buckets.named(NAME).put("k", Bytes.EMPTY);
        assertThat(left).exists();
        Instant tomorrow = Files.getLastModifiedTime(left).toInstant().plus(Duration.ofHours(25));
        new DirectoryBuckets(root, () -> tomorrow).named(NAME).put("k", Bytes.EMPTY);
        assertThat(left).doesNotExist();
    }

    @Test
    void aRootThatIsMissingIsRefused() {
        fails(Failure.NO_SUCH_BUCKET, () -> new DirectoryBuckets(temporary.resolve("nowhere")));
    }
}
