package io.gramme.transfer.format;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.Errors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lines, each a document. Blank lines are no records. A line that is too long is read past without being held. */
final class LineSource implements RecordSource {
    private static final int BUFFER = 64 << 10;

    private final InputStream content;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    /** The part of a line that was in earlier buffers. */
    private ByteArrayOutputStream earlier = new ByteArrayOutputStream();

    private boolean tooLong;

    /** Number of the last line. */
    private long number;

    LineSource(InputStream content) {
        this.content = content;
    }

    @Override
    public Frame next() throws IOException {
        for (byte[] line = line(); line != null; line = line()) {
            if (tooLong) {
                return new Bad(Errors.itemTooLarge().text());
            }
            if (!isBlank(line)) {
                return new Document(Bytes.wrap(line));
            }
        }
        return new End();
    }

    @Override
    public void skip(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            if (next() instanceof End) {
                return;
            }
        }
    }

    /** The next line without its end; null at the end of the content. */
    private byte @Nullable [] line() throws IOException {
        tooLong = false;
        earlier.reset();
        if (at == end && !fill()) {
            return null;
        }
        number++;
        int newline = newline();
        if (newline >= 0) {
            byte[] line = Arrays.copyOfRange(buffer, at, newline);
            at = newline + 1;
            return line;
        }
        return longLine();
    }

    /** A line that does not end in the buffer. */
    private byte[] longLine() throws IOException {
        int newline;
        do {
            newline = newline();
            int stop = newline < 0 ? end : newline;
            tooLong |= earlier.size() + (stop - at) > ItemReader.MAX_RECORD;
            if (tooLong) {
                earlier = new ByteArrayOutputStream();
            } else {
                earlier.write(buffer, at, stop - at);
            }
            at = newline < 0 ? end : newline + 1;
        } while (newline < 0 && fill());
        return earlier.toByteArray();
    }

    private int newline() {
        for (int i = at; i < end; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = 0;
        end = Math.max(0, content.read(buffer, 0, BUFFER));
        return end > 0;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public long lineNumber() {
        return number;
    }

    @Override
    public void close() {}
}
