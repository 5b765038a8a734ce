package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the bytes that a {@link ByteSink} wrote. */
final class ByteSource {
    private final byte[] content;
    private int at;

    ByteSource(byte[] content) {
        this.content = content;
    }

    int next() {
        return content[at++] & 0xff;
    }

    int nextVarint() {
        int value = 0;
        int shift = 0;
        int part;
        do {
            part = content[at++];
            value |= (part & 0x7f) << shift;
            shift += 7;
        } while (part < 0);
        return value;
    }

    long nextLong() {
        long value = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            value = (value << 8) | next();
        }
        return value;
    }

    String nextText() {
        int size = nextVarint();
        String text = new String(content, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    Bytes nextBytes() {
        int size = nextVarint();
        Bytes bytes = Bytes.wrap(Arrays.copyOfRange(content, at, at + size));
        at += size;
        return bytes;
    }

    int position() {
        return at;
    }

    void skip(int bytes) {
        at += bytes;
    }

    boolean atEnd() {
        return at == content.length;
    }
}
