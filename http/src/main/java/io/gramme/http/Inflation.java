package io.gramme.http;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Decompresses one body, and distinguishes a complete body from a broken one: a body is broken if it is cut short,
 * fails its checksum or has other bytes behind it.
 *
 * <p>The road not taken is the gzip stream of the JDK, which takes bytes behind the last member for its end.
 */
final class Inflation {
    private static final int PIECE = 8 << 10;

    /** A body that is longer must not be more than so many times as long as what was sent. */
    private static final int UNQUESTIONED = 1 << 20;

    private static final int MAX_RATIO = 256;

    private static final int GZIP_HEAD = 10;
    private static final int GZIP_TAIL = 8;
    private static final int FIRST_MAGIC = 0x1f;
    private static final int SECOND_MAGIC = 0x8b;
    private static final int HAS_HEAD_CHECKSUM = 1 << 1;
    private static final int HAS_EXTRA = 1 << 2;
    private static final int HAS_NAME = 1 << 3;
    private static final int HAS_COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;

    /** The result of decompression. */
    enum Ending {
        WHOLE,
        BROKEN,
        TOO_LARGE,
        /** It is far longer than what was sent: such bodies are made to use up servers. */
        TOO_DENSE,
        NO_MEMORY
    }

    private final byte[] body;
    private final BodyBuffer target;
    private final byte[] piece = new byte[PIECE];
    private long total;

    private Inflation(byte[] body, BodyBuffer target) {
        this.body = body;
        this.target = target;
    }

    /** By RFC 1950: one stream with its checksum. */
    static Ending zlib(byte[] body, BodyBuffer target) {
        var inflater = new Inflater();
        try {
            inflater.setInput(body);
            Ending ending = new Inflation(body, target).stream(inflater, new CRC32());
            return ending == Ending.WHOLE && inflater.getRemaining() > 0 ? Ending.BROKEN : ending;
        } finally {
            inflater.end();
        }
    }

    /** By RFC 1952: one or several members, one behind the other. */
    static Ending gzip(byte[] body, BodyBuffer target) {
        var inflater = new Inflater(true);
        try {
            return new Inflation(body, target).members(inflater);
        } finally {
            inflater.end();
        }
    }

    private Ending members(Inflater inflater) {
        int at = 0;
        do {
            int data = endOfHead(at);
            if (data < 0) {
                return Ending.BROKEN;
            }
            inflater.reset();
            inflater.setInput(body, data, body.length - data);
            var checksum = new CRC32();
            Ending ending = stream(inflater, checksum);
            if (ending != Ending.WHOLE) {
                return ending;
            }
            int tail = body.length - inflater.getRemaining();
            if (body.length - tail < GZIP_TAIL
                    || number(tail) != (int) checksum.getValue()
                    || number(tail + Integer.BYTES) != (int) inflater.getBytesWritten()) {
                return Ending.BROKEN;
            }
            at = tail + GZIP_TAIL;
        } while (at < body.length);
        return Ending.WHOLE;
    }

    /** Decompresses to the end of a stream, which need not be the end of the body. */
    private Ending stream(Inflater inflater, CRC32 checksum) {
        try {
            while (!inflater.finished()) {
                int length = inflater.inflate(piece);
                if (length == 0 && !inflater.finished()) {
                    // It needs more bytes than there are, or a dictionary, which HTTP has no way to name.
                    return Ending.BROKEN;
                }
                checksum.update(piece, 0, length);
                total += length;
                if (total > UNQUESTIONED && total / MAX_RATIO > body.length) {
                    return Ending.TOO_DENSE;
                }
                switch (target.append(piece, length)) {
                    case FITS -> {}
                    case TOO_LARGE -> {
                        return Ending.TOO_LARGE;
                    }
                    case NO_MEMORY -> {
                        return Ending.NO_MEMORY;
                    }
                }
            }
            return Ending.WHOLE;
        } catch (DataFormatException _) {
            return Ending.BROKEN;
        }
    }

    /** The start of the data of the member that begins at {@code at}; negative if there is no such header. */
    private int endOfHead(int at) {
        if (body.length - at < GZIP_HEAD
                || unsigned(at) != FIRST_MAGIC
                || unsigned(at + 1) != SECOND_MAGIC
                || unsigned(at + 2) != Deflater.DEFLATED) {
            return -1;
        }
        int flags = unsigned(at + 3);
        if ((flags & RESERVED) != 0) {
            return -1;
        }
        int end = at + GZIP_HEAD;
        if ((flags & HAS_EXTRA) != 0) {
            end = body.length - end < 2 ? -1 : end + 2 + unsigned(end) + (unsigned(end + 1) << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            end = endOfText(end);
        }
        if ((flags & HAS_COMMENT) != 0) {
            end = endOfText(end);
        }
        if ((flags & HAS_HEAD_CHECKSUM) != 0 && end >= 0) {
            end += 2;
        }
        return end > body.length ? -1 : end;
    }

    private int endOfText(int from) {
        for (int i = from; i >= 0 && i < body.length; i++) {
            if (body[i] == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private int unsigned(int at) {
        return body[at] & 0xff;
    }

    private int number(int at) {
        return unsigned(at) | unsigned(at + 1) << 8 | unsigned(at + 2) << 16 | unsigned(at + 3) << 24;
    }
}
