package io.gramme.storage.rocksdb;

import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/** Verifies the checksum of every block of a table file. */
final class TableFileCheck {
    private TableFileCheck() {}

    /** What is wrong with the file; empty if nothing is. */
    static Optional<String> damage(Path file) {
        try (var options = new Options();
                var reads = new ReadOptions().setFillCache(false).setVerifyChecksums(true);
                var reader = new SstFileReader(options)) {
            reader.open(file.toString());
            reader.verifyChecksum();
            // Verifying the index and the blocks it names does not find a file whose end was written again.
            try (var rows = reader.newIterator(reads)) {
                rows.seekToFirst();
                rows.status();
            }
            return Optional.empty();
        } catch (RocksDBException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
