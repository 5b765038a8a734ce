package io.gramme.security.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** The end of a file of an audit log, read from its end. */
final class AuditTail {
    /** Longer than any line. */
    private static final int LONGEST_LINE = 1 << 20;

    private AuditTail() {}

    /**
     * @param whole the length of the file up to the end of its last whole line
     * @param hash of that line; empty if there is none
     */
    record Tail(long whole, String hash) {}

    static Tail of(Path file) throws IOException {
        try (var in = new RandomAccessFile(file.toFile(), "r")) {
            long length = in.length();
            int read = (int) Math.min(length, LONGEST_LINE);
            byte[] end = new byte[read];
            in.seek(length - read);
            in.readFully(end);
            int last = lastFeed(end, read - 1);
            if (last < 0 && read < length) {
                throw new IOException("it has no line at its end");
            }
            if (last < 0) {
                return new Tail(0, "");
            }
            int begin = lastFeed(end, last - 1) + 1;
            String line = new String(end, begin, last - begin, UTF_8);
            String hash = AuditChain.parse(line)
                    .orElseThrow(() -> new IOException("its last line is not one of an audit log"))
                    .hash();
            return new Tail(length - read + last + 1, hash);
        }
    }

    private static int lastFeed(byte[] bytes, int from) {
        for (int i = from; i >= 0; i--) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
