package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A Cassandra partition key made to hash to a chosen token. Cassandra places a partition by the Murmur3 hash of its
 * key, its token. The last 16 bytes of these keys are made so that the token comes out as
 *
 * <pre>
 * bits 63..56  extent: the highest bits of the partition's hash
 * bits 55..24  number of the tablespace, plus 1
 * bits 23..0   the next bits of the hash
 * </pre>
 *
 * <p>So the rows of one tablespace lie together in up to 256 runs over the ring, each in the order of hashes, and all
 * tablespaces share one table. The key itself begins with the whole hash, which is how Cassandra sorts partitions of
 * one token:
 *
 * <pre>
 * hash (8) | tablespace (4) | number of zeros (1) | partition key | zeros up to a multiple of 16 | computed (16)
 * </pre>
 */
record PlacedKey(Bytes bytes) implements Comparable<PlacedKey> {
    static final int EXTENTS = 256;
    static final long MAX_TABLESPACE = 0xffff_fffeL;

    private static final int BLOCK = 16;
    private static final int HEAD = Long.BYTES + Integer.BYTES + 1;

    static PlacedKey of(PartitionKey partition) {
        long hash = partition.hash();
        Bytes key = partition.key();
        int length = HEAD + key.length();
        int zeros = -length & (BLOCK - 1);
        var bytes = ByteBuffer.allocate(length + zeros + BLOCK);
        bytes.putLong(hash)
                .putInt((int) number(partition.tablespace()))
                .put((byte) zeros)
                .put(key.shared());
        new Murmur(bytes.array(), length + zeros).endWith(token(partition.tablespace(), hash), hash);
        return new PlacedKey(Bytes.wrap(bytes.array()));
    }

    PartitionKey partition() {
        var content = ByteBuffer.wrap(bytes.shared());
        content.getLong();
        var tablespace = new TablespaceId(Integer.toUnsignedLong(content.getInt()) - 1);
        byte[] key = new byte[bytes.length() - HEAD - content.get() - BLOCK];
        content.get(key);
        return new PartitionKey(tablespace, Bytes.wrap(key));
    }

    ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes.shared()).asReadOnlyBuffer();
    }

    long token() {
        return token(Integer.toUnsignedLong(bytes.intAt(Long.BYTES)), bytes.longAt(0));
    }

    /** The run of a tablespace in which a hash lies. */
    static int extent(long hash) {
        return (int) (hash >>> 56);
    }

    /** The token of the partitions of a tablespace with this hash. */
    static long token(TablespaceId tablespace, long hash) {
        return token(number(tablespace), hash);
    }

    private static long token(long number, long hash) {
        // Cassandra's tokens are signed.
        return ((hash & 0xffL << 56) | number << 24 | (hash >>> 32 & 0xff_ffff)) ^ Long.MIN_VALUE;
    }

    /** Never 0, since that would be the lowest token, which Cassandra reserves. */
    private static long number(TablespaceId tablespace) {
        if (tablespace.number() > MAX_TABLESPACE) {
            throw new StorageException("the tablespace number is too high for this engine: tablespace=" + tablespace);
        }
        return tablespace.number() + 1;
    }

    @Override
    public int compareTo(PlacedKey other) {
        int byToken = Long.compare(token(), other.token());
        return byToken != 0 ? byToken : bytes.compareTo(other.bytes);
    }

    /**
     * The first half of MurmurHash3 x64 128 over whole blocks, which is invertible: for any result there is a last
     * block that leads to it.
     */
    private static final class Murmur {
        private static final long C1 = 0x87c37b91114253d5L;
        private static final long C2 = 0x4cf5ad432745937fL;
        private static final long M1 = 0xff51afd7ed558ccdL;
        private static final long M2 = 0xc4ceb9fe1a85ec53L;
        private static final long N1 = 0x52dce729;
        private static final long N2 = 0x38495ab5;

        private final ByteBuffer data;
        private final int end;
        private long h1;
        private long h2;

        Murmur(byte[] data, int end) {
            this.data = ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
            this.end = end;
            for (int at = 0; at < end; at += BLOCK) {
                h1 ^= Long.rotateLeft(this.data.getLong(at) * C1, 31) * C2;
                h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + N1;
                h2 ^= Long.rotateLeft(this.data.getLong(at + 8) * C2, 33) * C1;
                h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + N2;
            }
        }

        /**
         * Writes the last block.
         *
         * @param free the result has half the bits of the block, so there are many such blocks: this chooses among them
         */
        void endWith(long result, long free) {
            long length = (long) end + BLOCK;
            long after2 = finish(free);
            long sum1 = unfinish(result - after2);
            long last2 = free - sum1;
            long last1 = sum1 - last2;
            long state1 = last1 ^ length;
            long state2 = last2 ^ length;
            long mixed1 = Long.rotateRight((state1 - N1) * inverse(5) - h2, 27) ^ h1;
            long mixed2 = Long.rotateRight((state2 - N2) * inverse(5) - state1, 31) ^ h2;
            data.putLong(end, Long.rotateRight(mixed1 * inverse(C2), 31) * inverse(C1));
            data.putLong(end + 8, Long.rotateRight(mixed2 * inverse(C1), 33) * inverse(C2));
        }

        private static long finish(long h) {
            h = (h ^ (h >>> 33)) * M1;
            h = (h ^ (h >>> 33)) * M2;
            return h ^ (h >>> 33);
        }

        private static long unfinish(long h) {
            h = (h ^ (h >>> 33)) * inverse(M2);
            h = (h ^ (h >>> 33)) * inverse(M1);
            return h ^ (h >>> 33);
        }

        /** The inverse of an odd number, modulo 2^64, by Newton's method: each step doubles the bits that are right. */
        private static long inverse(long odd) {
            long inverse = odd;
            for (int i = 0; i < 5; i++) {
                inverse *= 2 - odd * inverse;
            }
            return inverse;
        }
    }
}
