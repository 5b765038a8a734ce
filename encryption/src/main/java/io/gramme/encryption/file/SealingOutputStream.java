package io.gramme.encryption.file;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Seals what is written, chunk by chunk. The file is complete with {@link #close}, which also closes the sink; one that was
 * not closed is refused by its reader. Used by one thread at a time.
 */
final class SealingOutputStream extends OutputStream {
    private final OutputStream sink;
    private final Chunks chunks;
    private final byte[] plain = new byte[FileHeader.CHUNK];
    private int filled;
    private long number;
    private boolean closed;

    SealingOutputStream(OutputStream sink, Chunks chunks) {
        this.sink = sink;
        this.chunks = chunks;
    }

    @Override
    public void write(int single) throws IOException {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] content, int from, int length) throws IOException {
        if (closed) {
            throw new IOException("the file is complete");
        }
        int done = 0;
        while (done < length) {
            if (filled == plain.length) {
                // A full chunk waits for a byte behind it: only then it is not the last.
                flushChunk(false);
            }
            int taken = Math.min(length - done, plain.length - filled);
            System.arraycopy(content, from + done, plain, filled, taken);
            filled += taken;
            done += taken;
        }
    }

    private void flushChunk(boolean last) throws IOException {
        sink.write(chunks.seal(plain, filled, number, last));
        number++;
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        flushChunk(true);
        sink.close();
    }
}
