package io.gramme.encryption;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Retained;
import io.gramme.storage.RowKey;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.rocksdb.RocksInspection;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealedInspectionTest {
    private static final TablespaceId TABLE = new TablespaceId(1);
    private static final PartitionKey LOG = new PartitionKey(new TablespaceId(2), Bytes.utf8("log"));
    private static final RowKey ROW = key(1, "p", "i");
    private static final RowKey MOVED = key(1, "q", "i");

    @TempDir
    Path directory;

    private void write() {
        try (var engine = RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system())) {
            var store = TestKeys.seal(engine).sealed();
            put(store, ROW, "one");
            store.transact(
                    Set.of(ROW),
                    _ -> new Outcome<>(
                            List.of(put(ROW, "two")),
                            List.of(new Append(LOG, Bytes.utf8("record"))),
                            List.of(new Retained(ROW, Optional.of(Bytes.utf8("one")), Duration.ofDays(1))),
                            true));
            put(engine, MOVED, row(engine, ROW).orElseThrow().value());
        }
    }

    private static final class Silent implements StoreInspection.FileReport {
        @Override
        public void progress(long bytes, long totalBytes) {}

        @Override
        public void damaged(String file, String cause) {
            throw new AssertionError(file + ": " + cause);
        }

        @Override
        public void note(String text) {}
    }

    @Test
    void contentOfASealedDirectoryIsFoundOpenedAndABrokenSealIsNamed() {
        write();
        var damages = new ArrayList<String>();
        var values = new ArrayList<Bytes>();
        try (var files = RocksInspection.open(directory, new Silent()).orElseThrow()) {
            StoreInspection opened = EncryptedStore.open(files.store(), TestKeys.owned(1), InstantSource.system())
                    .sealed(files);
            opened.rows(TABLE, row -> values.add(row.value()), damages::add);
            opened.log(LOG.tablespace(), (_, record) -> values.add(record.value()), damages::add);
            opened.history(TABLE, image -> values.add(image.before().orElseThrow()), damages::add);
            assertThat(row(opened.store(), ROW).orElseThrow().value()).isEqualTo(Bytes.utf8("two"));
        }
        assertThat(values).containsExactly(Bytes.utf8("two"), Bytes.utf8("record"), Bytes.utf8("one"));
        assertThat(damages)
                .singleElement()
                .asString()
                .startsWith("sealed data does not open, because it was sealed for another row");
    }
}
