package io.gramme.storage.rocksdb;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads a file in the format of RocksDB's logs, which write-ahead logs and manifests have, and reports its records and
 * damages.
 *
 * <p>The format: blocks of 32 KB; in a block fragments, each with a header of checksum (CRC32C, masked), length and
 * type, little endian; less than a header at the end of a block is unused. A record is one whole fragment, or a first
 * one, any number of middle ones and a last one. The header of a recyclable log also has the log's number.
 *
 * <p>After a damaged fragment it looks for the next good one byte by byte, since an untrusted length does not tell
 * where that is.
 */
final class LogScanner {
    /**
     * How many bytes of a record are reported: a batch begins with 12 bytes, and an edit of a manifest with small
     * numbers.
     */
    static final int HEAD_BYTES = 256;

    private static final int BLOCK_BYTES = 32 << 10;
    private static final int HEADER_BYTES = 7;
    private static final int RECYCLABLE_HEADER_BYTES = 11;
    private static final int TYPE_AT = 6;
    private static final int LAST_FRAGMENT_TYPE = 8;
    private static final int MASK_DELTA = 0xa282ead8;

    /** Receives the records and damages of a file. */
    interface Sink {
        /**
         * A record whose checksums match.
         *
         * @param begin its offset in the file
         * @param head its first bytes, {@link #HEAD_BYTES} at most
         */
        void record(long begin, byte[] head);

        /**
         * An unreadable place; more of them may follow.
         *
         * @param begin where the record begins that is not whole
         * @param at the damaged fragment's first byte
         */
        void damage(long begin, long at, String cause);
    }

    private final FileChannel file;
    private final Sink sink;
    private final byte[] block = new byte[BLOCK_BYTES];
    private final byte[] head = new byte[HEAD_BYTES];
    private long blockAt;
    private int blockLength;

    // The record whose fragments are being read.
    private boolean open;
    private long begin;
    private int headLength;

    /** Whether to skip middle and last fragments: those of a record whose beginning is damaged. */
    private boolean skipping;

    private LogScanner(FileChannel file, Sink sink) {
        this.file = file;
        this.sink = sink;
    }

    /** Reports a whole file in order; returns its length. */
    static long scan(Path file, Sink sink) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new LogScanner(channel, sink).scan();
        }
    }

    private long scan() throws IOException {
        do {
            blockAt += blockLength;
            readBlock();
            scanBlock();
        } while (blockLength == BLOCK_BYTES);
        long end = blockAt + blockLength;
        if (open) {
            sink.damage(begin, end, "the file ends in the middle of a record");
        }
        return end;
    }

    private void readBlock() throws IOException {
        var buffer = ByteBuffer.wrap(block);
        while (buffer.hasRemaining() && file.read(buffer, blockAt + buffer.position()) >= 0) {
            // Until the block is full or the file has ended.
        }
        blockLength = buffer.position();
    }

    private void scanBlock() {
        int at = 0;
        while (at < blockLength && BLOCK_BYTES - at >= HEADER_BYTES) {
            int bytes = fragmentBytes(at);
            if (bytes > 0) {
                take(at, bytes);
                at += bytes;
            } else {
                reportDamage(at);
                at = nextFragment(at + 1);
            }
        }
    }

    /** The length of the fragment at a position of the block, header included; 0 if there is no good one. */
    private int fragmentBytes(int at) {
        if (at + HEADER_BYTES > blockLength || block[at + TYPE_AT] == 0) {
            return 0;
        }
        int bytes = announcedBytes(at);
        if (at + bytes > blockLength) {
            return 0;
        }
        var checksum = new CRC32C();
        checksum.update(block, at + TYPE_AT, bytes - TYPE_AT);
        int crc = (int) checksum.getValue();
        int masked = (crc >>> 15 | crc << 17) + MASK_DELTA;
        return masked == littleEndian(block, at, Integer.BYTES) ? bytes : 0;
    }

    private int announcedBytes(int at) {
        int type = block[at + TYPE_AT];
        int header = type > 4 && type <= LAST_FRAGMENT_TYPE ? RECYCLABLE_HEADER_BYTES : HEADER_BYTES;
        return header + (int) littleEndian(block, at + Integer.BYTES, Short.BYTES);
    }

    static long littleEndian(byte[] bytes, int at, int length) {
        long value = 0;
        for (int i = length - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[at + i] & 0xff);
        }
        return length == Integer.BYTES ? (int) value : value;
    }

    private void reportDamage(int at) {
        String cause = "the checksum of a record does not match";
        if (at + HEADER_BYTES > blockLength || at + announcedBytes(at) > blockLength) {
            cause = blockLength < BLOCK_BYTES
                    ? "the file ends in the middle of a record"
                    : "the length of a record is impossible";
        } else if (block[at + TYPE_AT] == 0) {
            cause = "there are zeros where a record should begin";
        }
        sink.damage(open ? begin : blockAt + at, blockAt + at, cause);
        open = false;
        skipping = true;
    }

    /** The next position of a good fragment that is not empty, or the end of the block. */
    private int nextFragment(int from) {
        for (int at = from; at + HEADER_BYTES < blockLength; at++) {
            int type = block[at + TYPE_AT];
            if (type > 0 && type <= LAST_FRAGMENT_TYPE && fragmentBytes(at) > HEADER_BYTES) {
                return at;
            }
        }
        return blockLength;
    }

    private void take(int at, int bytes) {
        int type = block[at + TYPE_AT];
        switch (type) {
            case 1, 5 -> {
                start(at);
                append(at, bytes);
                finish();
            }
            case 2, 6 -> {
                start(at);
                append(at, bytes);
            }
            case 3, 7 -> append(at, bytes);
            case 4, 8 -> {
                append(at, bytes);
                finish();
            }
            default -> {
                // RocksDB's metadata about the file itself.
            }
        }
    }

    private void start(int at) {
        if (open) {
            sink.damage(begin, blockAt + at, "the end of a record is missing");
        }
        open = true;
        skipping = false;
        begin = blockAt + at;
        headLength = 0;
    }

    private void append(int at, int bytes) {
        if (!open) {
            if (!skipping) {
                sink.damage(blockAt + at, blockAt + at, "the beginning of a record is missing");
                skipping = true;
            }
            return;
        }
        int header = block[at + TYPE_AT] > 4 ? RECYCLABLE_HEADER_BYTES : HEADER_BYTES;
        int copied = Math.min(HEAD_BYTES - headLength, bytes - header);
        System.arraycopy(block, at + header, head, headLength, copied);
        headLength += copied;
    }

    private void finish() {
        if (open) {
            sink.record(begin, Arrays.copyOf(head, headLength));
        }
        open = false;
    }
}
