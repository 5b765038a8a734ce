package io.gramme.transfer.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.DirectoryBuckets;
import io.gramme.transfer.format.ItemChange;
import io.gramme.transfer.format.OutputFormat;
import io.gramme.transfer.format.SampleItems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reader in another language finds in a directory what was exported there. It needs {@code python3}. */
@Tag("client")
class OtherReaderTest {
    private static final Path READER = Path.of("src", "test", "python", "read_export.py");

    @TempDir
    Path root;

    private static Item item(int i) {
        return Item.of("pk", SampleItems.number(String.valueOf(i)));
    }

    private String read(ExportSpan span, ObjIntConsumer<DataFile> write) throws Exception {
        Files.createDirectories(root.resolve("exports"));
        Bucket bucket = new DirectoryBuckets(root).named("exports");
        ExportPlan plan = ExportFolderTest.plan(span, OutputFormat.DYNAMODB_JSON, "some/prefix", 20_000);
        var folder = new ExportFolder(bucket, plan);
        folder.begin();
        var files = new ArrayList<ExportedFile>();
        for (int i = 0; i < 1_000 || files.isEmpty(); ) {
            try (DataFile file = folder.file(0, files.size())) {
                while (i < 1_000 && !file.isFull()) {
                    write.accept(file, i++);
                }
                files.add(file.complete());
            }
        }
        assertThat(files).hasSizeGreaterThan(1);
        folder.complete(ExportFolderTest.SUMMARY, files, Optional.empty());
        return python(plan.summaryKey());
    }

    private String python(String summary) throws IOException, InterruptedException {
        Process reader = new ProcessBuilder(
                        "python3", READER.toString(), root.resolve("exports").toString(), summary)
                .redirectErrorStream(true)
                .start();
        String output = new String(reader.getInputStream().readAllBytes(), UTF_8);
        assertThat(reader.waitFor()).as(output).isZero();
        return output.trim();
    }

    @Test
    void aFullExportIsRead() throws Exception {
        assertThat(read(ExportFolderTest.FULL, (file, i) -> file.write(item(i))))
                .isEqualTo("1000 499500");
    }

    @Test
    void anIncrementalExportIsRead() throws Exception {
        assertThat(read(
                        ExportFolderTest.INCREMENTAL,
                        (file, i) -> file.write(new ItemChange(
                                item(i), Optional.of(item(i)), Optional.empty(), 1_684_374_845_117_899L))))
                .isEqualTo("1000 499500");
    }
}
