package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import java.util.Arrays;

/**
 * A byte buffer that encodes lengths as variable-length integers. It grows if the capacity it was created with does not
 * suffice; a buffer that is exactly full is its own result.
 */
final class ByteSink {
    private byte[] content;
    private int length;

    ByteSink(int capacity) {
        this.content = new byte[capacity];
    }

    int length() {
        return length;
    }

    /** All bytes that were put; nothing may be put afterwards. */
    Bytes bytes() {
        return Bytes.wrap(length == content.length ? content : Arrays.copyOf(content, length));
    }

    /** The number of bytes of {@link #putVarint}. */
    static int varintLength(int value) {
        return value == 0 ? 1 : (Integer.SIZE + 6 - Integer.numberOfLeadingZeros(value)) / 7;
    }

    /** The number of bytes of a run of this length after its length. */
    static int sizedLength(int length) {
        return varintLength(length) + length;
    }

    void put(int single) {
        ensure(1);
        content[length++] = (byte) single;
    }

    void putVarint(int value) {
        ensure(varintLength(value));
        int rest = value;
        while (rest >= 0x80) {
            content[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        content[length++] = (byte) rest;
    }

    void putLong(long value) {
        ensure(Long.BYTES);
        for (int shift = Long.SIZE - 8; shift >= 0; shift -= 8) {
            content[length++] = (byte) (value >>> shift);
        }
    }

    void putSized(Bytes bytes) {
        putSized(bytes.shared());
    }

    void putSized(String text) {
        int size = Utf8.length(text);
        putVarint(size);
        ensure(size);
        Utf8.put(text, content, length);
        length += size;
    }

    private void putSized(byte[] bytes) {
        putVarint(bytes.length);
        ensure(bytes.length);
        System.arraycopy(bytes, 0, content, length, bytes.length);
        length += bytes.length;
    }

    /** Reserves space for a size that is known only later; returns its offset, for {@link #fillSize}. */
    int reserveSize() {
        ensure(4);
        length += 4;
        return length;
    }

    /** Writes the number of bytes put since {@code start} into the reserved space. */
    void fillSize(int start) {
        int size = length - start;
        for (int i = 1; i <= 4; i++) {
            content[start - i] = (byte) size;
            size >>>= 8;
        }
    }

    private void ensure(int more) {
        if (content.length - length < more) {
            content = Arrays.copyOf(content, Math.max(content.length * 2, length + more));
        }
    }
}
