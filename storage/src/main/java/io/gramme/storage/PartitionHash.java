package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/**
 * The hash of a partition key: the first half of MurmurHash3 x64 128 with seed 0 over the key bytes, the sign bit
 * flipped so that unsigned order is the order of Cassandra's {@code Murmur3Partitioner} tokens: an engine over
 * Cassandra finds its partitions in the order that a sweep needs. Bytes of the tail are sign-extended, as that
 * partitioner does.
 */
final class PartitionHash {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private PartitionHash() {}

    static long of(Bytes key) {
        byte[] data = key.shared();
        long h1 = 0;
        long h2 = 0;
        int blocks = data.length >> 4;
        for (int i = 0; i < blocks; i++) {
            h1 = (Long.rotateLeft(h1 ^ mix1(littleEndian(data, i * 16)), 27) + h2) * 5 + 0x52dce729;
            h2 = (Long.rotateLeft(h2 ^ mix2(littleEndian(data, i * 16 + 8)), 31) + h1) * 5 + 0x38495ab5;
        }
        long k1 = 0;
        long k2 = 0;
        for (int i = data.length - 1; i >= blocks * 16; i--) {
            int place = i & 15;
            if (place >= 8) {
                k2 ^= (long) data[i] << ((place - 8) * 8);
            } else {
                k1 ^= (long) data[i] << (place * 8);
            }
        }
        h1 ^= mix1(k1) ^ data.length;
        h2 ^= mix2(k2) ^ data.length;
        h1 += h2;
        h2 += h1;
        long token = finish(h1) + finish(h2);
        // The partitioner reserves the lowest token.
        return (token == Long.MIN_VALUE ? Long.MAX_VALUE : token) ^ Long.MIN_VALUE;
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        h = (h ^ (h >>> 33)) * 0xff51afd7ed558ccdL;
        h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return h ^ (h >>> 33);
    }

    private static long littleEndian(byte[] data, int at) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
            word = (word << 8) | (data[at + i] & 0xff);
        }
        return word;
    }
}
