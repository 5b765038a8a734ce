package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * A buffer for a body that is being received. It grows with the bytes that have arrived: to the announced length at
 * once where that is at most {@link #GROWTH} times as many, so that most bodies are never copied. It stays within its
 * own bound and the memory bound of all bodies. It holds its memory until closed. Used by one thread at a time.
 */
final class BodyBuffer implements AutoCloseable {
    private static final byte[] NOTHING = {};
    private static final int FIRST_CAPACITY = 16 << 10;
    private static final int GROWTH = 4;

    /** The result of an attempt to append. */
    enum Fit {
        FITS,
        TOO_LARGE,
        NO_MEMORY
    }

    private final int bound;
    private final BodyMemory memory;
    private byte[] content = NOTHING;
    private int length;

    /** The announced length; 0 if none is. */
    private int expected;

    BodyBuffer(int bound, BodyMemory memory) {
        this.bound = bound;
        this.memory = memory;
    }

    /** Sets the announced length of the body, if it is known. This saves copies; the length is not trusted. */
    Fit expect(long announced) {
        if (announced > bound) {
            return Fit.TOO_LARGE;
        }
        expected = (int) announced;
        return announced <= FIRST_CAPACITY ? grow(expected) : Fit.FITS;
    }

    Fit append(ByteBuf more) {
        int size = more.readableBytes();
        Fit fit = room(size);
        if (fit == Fit.FITS) {
            more.readBytes(content, length, size);
            length += size;
        }
        return fit;
    }

    Fit append(byte[] more, int size) {
        Fit fit = room(size);
        if (fit == Fit.FITS) {
            System.arraycopy(more, 0, content, length, size);
            length += size;
        }
        return fit;
    }

    /** All appended bytes: the buffer itself if it is exactly full. Nothing may be appended afterwards. */
    Bytes bytes() {
        return Bytes.wrap(length == content.length ? content : Arrays.copyOf(content, length));
    }

    /** The number of bytes that have been appended. */
    int length() {
        return length;
    }

    private Fit room(int size) {
        if (size > bound - length) {
            return Fit.TOO_LARGE;
        }
        int needed = length + size;
        if (needed <= content.length) {
            return Fit.FITS;
        }
        long capacity = needed <= expected
                ? Math.min(expected, Math.max(FIRST_CAPACITY, (long) GROWTH * needed))
                : Math.min(bound, Math.max(FIRST_CAPACITY, 2L * needed));
        return grow((int) capacity);
    }

    private Fit grow(int capacity) {
        if (capacity <= content.length) {
            return Fit.FITS;
        }
        if (!memory.reserve(capacity - content.length)) {
            return Fit.NO_MEMORY;
        }
        content = Arrays.copyOf(content, capacity);
        return Fit.FITS;
    }

    @Override
    public void close() {
        memory.release(content.length);
        content = NOTHING;
        length = 0;
    }
}
