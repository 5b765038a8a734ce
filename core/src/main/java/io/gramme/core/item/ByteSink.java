package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing byte buffer that encodes lengths as variable-length integers. */
final class ByteSink {
    private byte[] content = new byte[256];
    private int length;

    int length() {
        return length;
    }

    byte[] toArray() {
        return Arrays.copyOf(content, length);
    }

    void put(int single) {
        ensure(1);
        content[length++] = (byte) single;
    }

    void putVarint(int value) {
        ensure(5);
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
        putSized(text.getBytes(StandardCharsets.UTF_8));
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
