package io.gramme.transfer.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketAccess;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.BucketException.Failure;
import io.gramme.transfer.bucket.FaultyBucket;
import io.gramme.transfer.bucket.MemoryBuckets;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.format.ExportView;
import io.gramme.transfer.format.ItemChange;
import io.gramme.transfer.format.OutputFormat;
import io.gramme.transfer.format.SampleItems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExportFolderTest {
    static final String ID = "01604475714028-a1b2c3d4";
    static final Instant TIME = Instant.parse("2026-11-30T08:00:00.120Z");
    static final ExportSpan FULL = new ExportSpan.Full(TIME);
    static final ExportSpan INCREMENTAL =
            new ExportSpan.Incremental(TIME.minusSeconds(3600), TIME, ExportView.NEW_AND_OLD_IMAGES);
    static final ExportSummary SUMMARY = new ExportSummary(
            "arn:aws:dynamodb:us-east-1:000000000000:table/T/export/" + ID,
            TIME,
            TIME.plusMillis(1),
            "arn:aws:dynamodb:us-east-1:000000000000:table/T",
            "b1b2c3d4-0000-4000-8000-000000000000",
            BucketAccess.Encryption.AES256,
            Optional.empty(),
            10_485_760);

    private final MemoryBuckets buckets = new MemoryBuckets();
    private final Bucket bucket = buckets.create("exports");

    static ExportPlan plan(ExportSpan span, OutputFormat format, String prefix, long fileBytes) {
        return new ExportPlan(Optional.of(prefix).filter(text -> !text.isEmpty()), ID, span, format, fileBytes);
    }

    private static Item item(int i) {
        return Item.of("pk", SampleItems.number(String.valueOf(i)));
    }

    /** Writes items from..to as one part, from an ordinal on. */
    private static List<ExportedFile> part(ExportFolder folder, int part, int ordinal, int from, int to) {
        var files = new ArrayList<ExportedFile>();
        int next = from;
        do {
            try (DataFile file = folder.file(part, ordinal + files.size())) {
                while (next < to && !file.isFull()) {
                    file.write(item(next++));
                }
                files.add(file.complete());
            }
        } while (next < to);
        return files;
    }

    private static List<Item> read(ExportReader reader) {
        var items = new ArrayList<Item>();
        for (ExportManifest.File file : reader.files()) {
            try (DataFileReader<Item> lines = reader.items(file)) {
                for (var next = lines.next(); next.isPresent(); next = lines.next()) {
                    items.add(next.get());
                }
            }
        }
        return items;
    }

    private List<String> keys() {
        return bucket.list("", "", 1_000).stream().map(ObjectSummary::key).toList();
    }

    private String text(String key) {
        return new String(bucket.content(key, 1 << 20).toArray(), UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void anExportReadsBack(OutputFormat format) {
        List<Item> items = SampleItems.edges();
        ExportPlan plan = plan(FULL, format, "a/b", 1_000);
        var folder = new ExportFolder(bucket, plan);
        folder.begin();
        var files = new ArrayList<ExportedFile>();
        for (int i = 0; i < items.size(); i++) {
            try (DataFile file = folder.file(0, i)) {
                file.write(items.get(i));
                files.add(file.complete());
            }
        }
        folder.complete(SUMMARY, files, Optional.empty());
        ExportReader reader = ExportReader.open(bucket, plan.folder());
        reader.verify();
        assertThat(read(reader)).isEqualTo(items);
        assertThat(reader.manifest().itemCount()).isEqualTo(items.size());
        assertThat(reader.manifest().span()).isEqualTo(FULL);
        assertThat(reader.manifest().exportArn()).isEqualTo(SUMMARY.exportArn());
    }

    @ParameterizedTest
    @EnumSource
    void anIncrementalExportReadsBack(OutputFormat format) {
        ExportPlan plan = plan(INCREMENTAL, format, "", ExportPlan.FILE_BYTES);
        var folder = new ExportFolder(bucket, plan);
        folder.begin();
        var change = new ItemChange(item(1), Optional.of(item(1)), Optional.empty(), 1_684_374_845_117_899L);
        ExportedFile done;
        try (DataFile file = folder.file(0, 0)) {
            file.write(change);
            done = file.complete();
        }
        folder.complete(SUMMARY, List.of(done), Optional.empty());
        assertThat(done.key()).matches("AWSDynamoDB/data/[0-9a-z]{26}\\.(json|ion)\\.gz");
        ExportReader reader = ExportReader.open(bucket, plan.folder());
        assertThat(reader.manifest().span()).isEqualTo(INCREMENTAL);
        try (DataFileReader<ItemChange> lines = reader.changes(reader.files().getFirst())) {
            assertThat(lines.next()).contains(change);
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void theFolderIsTheServices() throws IOException {
        var folder = new ExportFolder(bucket, plan(FULL, OutputFormat.DYNAMODB_JSON, "a/b", 100));
        folder.begin();
        assertThat(keys()).containsExactly("a/b/AWSDynamoDB/" + ID + "/_started");
        List<ExportedFile> files = part(folder, 0, 0, 0, 1);
        folder.complete(SUMMARY, files, Optional.empty());

        String home = "a/b/AWSDynamoDB/" + ID;
        String data = files.getFirst().key();
        assertThat(data).matches(home + "/data/[0-9a-z]{26}\\.json\\.gz");
        assertThat(keys())
                .containsExactlyInAnyOrder(
                        home + "/_started",
                        data,
                        home + "/manifest-files.json",
                        home + "/manifest-files.md5",
                        home + "/manifest-files.checksum",
                        home + "/manifest-summary.json",
                        home + "/manifest-summary.md5",
                        home + "/manifest-summary.checksum");
        assertThat(text(home + "/manifest-summary.json"))
                .isEqualTo("{\"version\":\"2020-06-30\",\"exportArn\":\"" + SUMMARY.exportArn()
                        + "\",\"startTime\":\"2026-11-30T08:00:00.120Z\",\"endTime\":\"2026-11-30T08:00:00.121Z\","
                        + "\"tableArn\":\"" + SUMMARY.tableArn() + "\",\"tableId\":\"" + SUMMARY.tableId()
                        + "\",\"exportTime\":\"2026-11-30T08:00:00.120Z\",\"s3Bucket\":\"exports\",\"s3Prefix\":\"a/b\","
                        + "\"s3SseAlgorithm\":\"AES256\",\"s3SseKmsKeyId\":null,\"manifestFilesS3Key\":\"" + home
                        + "/manifest-files.json\",\"billedSizeBytes\":10485760,\"itemCount\":1,"
                        + "\"outputFormat\":\"DYNAMODB_JSON\",\"exportType\":\"FULL_EXPORT\"}");
        ExportedFile file = files.getFirst();
        assertThat(text(home + "/manifest-files.json"))
                .isEqualTo("{\"itemCount\":1,\"md5Checksum\":\"" + ExportFolder.base64(file.md5()) + "\",\"etag\":\""
                        + file.md5() + "\",\"dataFileS3Key\":\"" + data + "\"}\n");
        byte[] lines = new GZIPInputStream(
                        new ByteArrayInputStream(bucket.content(data, 1_000).toArray()))
                .readAllBytes();
        assertThat(new String(lines, UTF_8)).isEqualTo("{\"Item\":{\"pk\":{\"N\":\"0\"}}}\n");
        assertThat(file.uncompressedBytes()).isEqualTo(lines.length);
    }

    @Test
    void theSummaryOfAnIncrementalExportHasItsWindow() {
        var plan = plan(INCREMENTAL, OutputFormat.ION, "p/", 100);
        var folder = new ExportFolder(bucket, plan);
        folder.complete(SUMMARY, List.of(), Optional.empty());
        assertThat(text("p/AWSDynamoDB/" + ID + "/manifest-summary.json"))
                .startsWith("{\"version\":\"2023-08-01\",")
                .contains(
                        "\"exportFromTime\":\"2026-11-30T07:00:00.120Z\",\"exportToTime\":\"2026-11-30T08:00:00.120Z\"")
                .contains("\"outputView\":\"NEW_AND_OLD_IMAGES\",\"exportType\":\"INCREMENTAL_EXPORT\"")
                .doesNotContain("exportTime\"");
    }

    @Test
    void aPartIsCutIntoFilesOfItsSize() {
        var folder = new ExportFolder(bucket, plan(FULL, OutputFormat.DYNAMODB_JSON, "", 1_000));
        List<ExportedFile> files = part(folder, 0, 0, 0, 500);
        assertThat(files).hasSizeGreaterThan(10);
        assertThat(files.subList(0, files.size() - 1))
                .allSatisfy(file -> assertThat(file.uncompressedBytes()).isBetween(1_000L, 1_100L));
        assertThat(files.stream().mapToLong(ExportedFile::itemCount).sum()).isEqualTo(500);
        assertThat(files.stream().map(ExportedFile::key).distinct()).hasSameSizeAs(files);
    }

    @Test
    void partsAreWrittenAtOnce() throws Exception {
        ExportPlan plan = plan(FULL, OutputFormat.DYNAMODB_JSON, "", 2_000);
        var folder = new ExportFolder(bucket, plan);
        var files = new ArrayList<ExportedFile>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var parts = new ArrayList<Future<List<ExportedFile>>>();
            for (int i = 0; i < 8; i++) {
                int part = i;
                parts.add(threads.submit(() -> part(folder, part, 0, part * 1_000, part * 1_000 + 1_000)));
            }
            for (Future<List<ExportedFile>> part : parts) {
                files.addAll(part.get());
            }
        }
        folder.complete(SUMMARY, files, Optional.empty());
        assertThat(read(ExportReader.open(bucket, plan.folder())))
                .hasSize(8_000)
                .doesNotHaveDuplicates();
    }

    /** The bucket fails at each step in turn, and its answers may be lost; the part is restarted each time. */
    @ParameterizedTest
    @EnumSource
    void aPartThatIsRestartedDoublesNoLine(OutputFormat format) {
        for (boolean lost : new boolean[] {false, true}) {
            for (int step = 1; step < 40; step++) {
                Bucket own = buckets.create("restarted-" + lost + step);
                var faulty = new FaultyBucket(own).failingAt(step, Failure.UNAVAILABLE);
                if (lost) {
                    faulty.losingAnswers();
                }
                ExportPlan plan = plan(FULL, format, "", 300);
                var folder = new ExportFolder(faulty, plan);
                var reported = new ArrayList<ExportedFile>();
                boolean complete = false;
                while (!complete) {
                    try {
                        folder.begin();
                        complete = resume(folder, reported);
                        folder.complete(SUMMARY, reported, Optional.empty());
                    } catch (BucketException e) {
                        complete = false;
                        faulty.healed();
                    }
                }
                ExportReader reader = ExportReader.open(own, plan.folder());
                assertThat(read(reader)).hasSize(50).doesNotHaveDuplicates();
                assertThat(own.list(plan.folder() + "/data/", "", 100)).hasSameSizeAs(reported);
            }
        }
    }

    /** Continues behind the reported files, as a job does. */
    private static boolean resume(ExportFolder folder, List<ExportedFile> reported) {
        int next = (int) reported.stream().mapToLong(ExportedFile::itemCount).sum();
        while (next < 50) {
            try (DataFile file = folder.file(0, reported.size())) {
                while (next < 50 && !file.isFull()) {
                    file.write(item(next++));
                }
                reported.add(file.complete());
            }
        }
        return true;
    }

    @Test
    void aFullBucketLeavesNoFile() {
        var full = new FaultyBucket(bucket).withRoomFor(10_000);
        var folder = new ExportFolder(full, plan(FULL, OutputFormat.DYNAMODB_JSON, "", ExportPlan.FILE_BYTES));
        assertThatThrownBy(() -> {
                    try (DataFile file = folder.file(0, 0)) {
                        for (Item item : SampleItems.random(1, 20_000)) {
                            file.write(item);
                        }
                        file.complete();
                    }
                })
                .isInstanceOfSatisfying(
                        BucketException.class, e -> assertThat(e.failure()).isEqualTo(Failure.FULL));
        assertThat(keys()).isEmpty();
    }

    @Test
    void aPartWithoutRecordsHasAFile() {
        ExportPlan plan = plan(FULL, OutputFormat.DYNAMODB_JSON, "", 100);
        var folder = new ExportFolder(bucket, plan);
        List<ExportedFile> files = part(folder, 3, 0, 0, 0);
        folder.complete(SUMMARY, files, Optional.empty());
        assertThat(files).hasSize(1);
        ExportReader reader = ExportReader.open(bucket, plan.folder());
        reader.verify();
        assertThat(read(reader)).isEmpty();
    }

    @Test
    void anIdThatIsNoneIsRefused() {
        for (String id : List.of("", "x", "../../01604475714028-a1b2c3d4", ID + "/", ID.toUpperCase(Locale.ROOT))) {
            assertThatThrownBy(() -> new ExportPlan(Optional.empty(), id, FULL, OutputFormat.ION))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void textOfKeysStaysText() {
        ExportPlan plan = plan(FULL, OutputFormat.DYNAMODB_JSON, "é \"\\", 100);
        var folder = new ExportFolder(bucket, plan);
        folder.complete(SUMMARY, part(folder, 0, 0, 0, 3), Optional.empty());
        assertThat(read(ExportReader.open(bucket, plan.folder()))).hasSize(3);
    }
}
