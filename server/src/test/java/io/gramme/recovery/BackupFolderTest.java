package io.gramme.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.DirectoryBuckets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of a backup in a directory, whose names are shorter than those that a client may ask for. */
class BackupFolderTest {
    @TempDir
    Path directory;

    @Test
    void aNameThatNoFileCanHaveIsThatOfNone() throws IOException {
        Bucket bucket = DirectoryBuckets.create(directory, "backups");
        bucket.put("AWSDynamoDB/one/data/a.gz", Bytes.utf8("content"));
        var folder = new BackupFolder(bucket, "AWSDynamoDB/one");
        assertThat(folder.read("data/a.gz", 3, 100))
                .contains(new BackupFolder.Chunk(Bytes.utf8("tent"), Optional.empty()));
        assertThat(folder.read("data/" + "a".repeat(300), 0, 100)).isEmpty();
        assertThat(folder.read("a".repeat(1_024), 0, 100)).isEmpty();
    }
}
