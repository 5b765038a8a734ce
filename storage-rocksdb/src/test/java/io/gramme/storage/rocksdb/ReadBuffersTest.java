package io.gramme.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

class ReadBuffersTest {
    private static final RowKey KEY =
            new RowKey(new PartitionKey(new TablespaceId(1), Bytes.utf8("p")), Bytes.utf8("s"));

    private final ReadBuffers buffers = new ReadBuffers();

    /** A row's value of this length, as the database returns it to one read after another. */
    private Optional<Row> read(int... lengths) throws RocksDBException {
        var stored = new ArrayDeque<byte[]>();
        for (int length : lengths) {
            stored.add(stored(length));
        }
        return buffers.row(KEY, target -> {
            byte[] content = stored.remove();
            System.arraycopy(content, 0, target, 0, Math.min(content.length, target.length));
            return content.length;
        });
    }

    private static byte[] stored(int length) {
        ByteBuffer stored = ByteBuffer.allocate(Long.BYTES + length).putLong(length);
        while (stored.hasRemaining()) {
            stored.put((byte) (stored.position() * 31 + length));
        }
        return stored.array();
    }

    private static Row row(int length) {
        return new Row(KEY, Bytes.wrap(stored(length)).from(Long.BYTES), length);
    }

    @Test
    void aRowIsReadAtAnyLengthAfterAnyOther() throws RocksDBException {
        for (int length : List.of(0, 100, 8 << 10, 7, (8 << 10) - Long.BYTES, 2 << 20, 3)) {
            assertThat(read(length, length)).contains(row(length));
        }
    }

    @Test
    void aRowMayGrowWhileItIsRead() throws RocksDBException {
        assertThat(read(10_000, 50_000, 50_000)).contains(row(50_000));
        assertThat(read(70_000, 10)).contains(row(10));
    }

    @Test
    void aRowMayVanishWhileItIsRead() throws RocksDBException {
        var lengths = new ArrayDeque<>(List.of(10_000, RocksDB.NOT_FOUND));
        assertThat(buffers.row(KEY, _ -> lengths.remove())).isEmpty();
    }

    @Test
    void anEarlierRowStaysAsItWasRead() throws RocksDBException {
        Optional<Row> first = read(100);
        assertThat(read(200)).contains(row(200));
        assertThat(first).contains(row(100));
    }
}
