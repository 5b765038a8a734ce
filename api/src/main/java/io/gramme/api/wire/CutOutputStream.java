package io.gramme.api.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A stream that keeps the beginning of its output, up to a limit, and drops the rest. */
final class CutOutputStream extends ByteArrayOutputStream {
    private final int limit;

    CutOutputStream(int limit) {
        this.limit = limit;
    }

    @Override
    public synchronized void write(int octet) {
        if (size() < limit) {
            super.write(octet);
        }
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, Math.min(length, limit - size()));
    }

    String text() {
        return toString(StandardCharsets.UTF_8);
    }
}
