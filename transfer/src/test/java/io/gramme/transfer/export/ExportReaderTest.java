package io.gramme.transfer.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.FaultyBucket;
import io.gramme.transfer.bucket.MemoryBuckets;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.format.OutputFormat;
import io.gramme.transfer.format.SampleItems;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A folder that is not as it was written is refused, with the name of the object. */
class ExportReaderTest {
    private static final String SEAL = "gramme-backup.json";
    private static final Bytes CONTENT = Bytes.utf8("{\"table\": {\"name\":\"T\u00e9\"}, \"n\":1.50}");

    private final Bucket bucket = new MemoryBuckets().create("exports");
    private final ExportPlan plan =
            ExportFolderTest.plan(ExportFolderTest.FULL, OutputFormat.DYNAMODB_JSON, "", ExportPlan.FILE_BYTES);
    private final String home = plan.folder();
    private final List<ExportedFile> files = new ArrayList<>();

    @BeforeEach
    void write() {
        var folder = new ExportFolder(bucket, plan);
        folder.begin();
        for (int part = 0; part < 3; part++) {
            try (DataFile file = folder.file(part, 0)) {
                for (Item item : SampleItems.random(part, 10)) {
                    file.write(item);
                }
                files.add(file.complete());
            }
        }
        folder.complete(ExportFolderTest.SUMMARY, files, Optional.of(new ExportFolder.SealContent(SEAL, CONTENT)));
    }

    private void read(String folder) {
        ExportReader reader = ExportReader.open(bucket, folder);
        reader.verify();
        assertThat(reader.verifySeal(SEAL)).isEqualTo(CONTENT);
    }

    private static void refused(String key, ThrowingCallable read) {
        assertThatThrownBy(read).hasMessageContaining(key).isInstanceOf(DamagedExportException.class);
    }

    private String text(String key) {
        return new String(bucket.content(key, 1 << 20).toArray(), UTF_8);
    }

    private void edit(String key, UnaryOperator<String> edit) {
        String before = text(key);
        String after = edit.apply(before);
        assertThat(after).isNotEqualTo(before);
        bucket.put(key, Bytes.utf8(after));
    }

    /** Edits a manifest and its sums, as a careful forger does. */
    private void forge(String manifest, UnaryOperator<String> edit) {
        edit(manifest, edit);
        Bytes content = bucket.content(manifest, 1 << 20);
        for (String sum : FolderNames.sumsOf(manifest)) {
            bucket.put(
                    sum,
                    Bytes.utf8(ExportFolder.base64(
                            StoredObjects.of(manifest, content).md5())));
        }
    }

    @Test
    void aSoundFolderIsRead() {
        read(home);
    }

    @Test
    void theSealIsTheLastObjectAndNamesAllOthers() {
        String seal = text(home + "/" + SEAL);
        for (ObjectSummary object : bucket.list("", "", 100)) {
            boolean own = object.key().contains("gramme-backup.");
            assertThat(seal.contains("\"" + object.key() + "\"")).isEqualTo(!own);
        }
    }

    @Test
    void aFolderThatWasCopiedElsewhereIsRead() {
        String copy = "backups/2026/my-export";
        for (ObjectSummary object : bucket.list(home + "/", "", 100)) {
            bucket.put(copy + object.key().substring(home.length()), bucket.content(object.key(), 1 << 20));
            bucket.delete(object.key());
        }
        read(copy);
    }

    @Test
    void eachObjectIsMissedByItsName() {
        for (ObjectSummary object : bucket.list("", "", 100)) {
            Bytes content = bucket.content(object.key(), 1 << 20);
            bucket.delete(object.key());
            refused(object.key().replaceAll("\\.(md5|checksum)$", ""), () -> read(home));
            bucket.put(object.key(), content);
        }
        read(home);
    }

    @Test
    void eachObjectIsRefusedIfItIsCut() {
        for (ObjectSummary object : bucket.list("", "", 100)) {
            Bytes content = bucket.content(object.key(), 1 << 20);
            if (!content.isEmpty()) {
                for (int length : new int[] {0, content.length() / 2, content.length() - 1}) {
                    bucket.put(object.key(), Bytes.wrap(Arrays.copyOf(content.toArray(), length)));
                    refused(home, () -> read(home));
                }
                bucket.put(object.key(), content);
            }
        }
        read(home);
    }

    @Test
    void eachObjectIsRefusedIfOneBitIsAnother() {
        for (ObjectSummary object : bucket.list("", "", 100)) {
            Bytes content = bucket.content(object.key(), 1 << 20);
            for (int i = 0; i < content.length(); i += Math.max(1, content.length() / 20)) {
                byte[] flipped = content.toArray();
                flipped[i] ^= 1;
                bucket.put(object.key(), Bytes.wrap(flipped));
                refused(home, () -> read(home));
            }
            bucket.put(object.key(), content);
        }
        read(home);
    }

    @Test
    void dataFilesThatAreExchangedAreRefused() {
        Bytes first = bucket.content(files.get(0).key(), 1 << 20);
        bucket.put(files.get(0).key(), bucket.content(files.get(1).key(), 1 << 20));
        bucket.put(files.get(1).key(), first);
        refused(files.getFirst().key(), () -> ExportReader.open(bucket, home).verify());
    }

    @Test
    void aForgedManifestIsRefusedWhereItContradicts() {
        String manifest = home + "/manifest-files.json";
        String before = text(manifest);
        forge(manifest, text -> text.substring(text.indexOf('\n') + 1));
        refused("manifest-summary.json", () -> ExportReader.open(bucket, home));
        forge(manifest, _ -> before + before);
        refused("manifest-files.json", () -> ExportReader.open(bucket, home));
        forge(manifest, _ -> before.replaceFirst("\"itemCount\":10", "\"itemCount\":9"));
        refused("manifest-summary.json", () -> ExportReader.open(bucket, home));
        forge(manifest, _ -> before.replaceFirst("\"AWSDynamoDB/[^\"]*\"", "\"other/secret\""));
        refused("outside of the export", () -> ExportReader.open(bucket, home));
        forge(manifest, _ -> before.replaceFirst("\"itemCount\":10", "\"itemCount\":-10"));
        refused("manifest-files.json", () -> ExportReader.open(bucket, home));
    }

    @Test
    void aSummaryOfAnotherVersionIsRefused() {
        forge(home + "/manifest-summary.json", text -> text.replace("2020-06-30", "2031-01-01"));
        refused("version", () -> ExportReader.open(bucket, home));
    }

    @Test
    void oneOfTheTwoNamesOfASumIsEnough() {
        bucket.delete(home + "/manifest-summary.checksum");
        bucket.delete(home + "/manifest-files.md5");
        ExportReader.open(bucket, home).verify();
    }

    @Test
    void aFolderThatIsNotCompleteHasNoSummary() {
        bucket.delete(home + "/manifest-summary.json");
        refused("manifest-summary.json: it is missing", () -> ExportReader.open(bucket, home));
    }

    @Test
    void aFailureOfTheBucketIsNoDamage() {
        var faulty = new FaultyBucket(bucket).failingAt(1, BucketException.Failure.UNAVAILABLE);
        assertThatThrownBy(() -> ExportReader.open(faulty, home)).isInstanceOf(BucketException.class);
    }
}
