package io.gramme.encryption.file;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The plaintext of a sealed file. A chunk is authenticated before its first byte is returned; that the file ends where it was
 * ended is known when this has returned its end. Used by one thread at a time.
 */
final class OpeningInputStream extends InputStream {
    private final InputStream stored;
    private final Chunks chunks;

    /** One byte more than a chunk: it tells whether another follows. */
    private final byte[] sealed = new byte[Chunks.SEALED + 1];

    private int carried;
    private byte[] plain = {};
    private int at;
    private long number;
    private boolean ended;

    /** Once damage was found, no later read takes it for the end. */
    private @Nullable DamagedFileException damage;

    /**
     * @param stored behind the header, at the beginning of a chunk
     * @param number of that chunk
     */
    OpeningInputStream(InputStream stored, Chunks chunks, long number) {
        this.stored = stored;
        this.chunks = chunks;
        this.number = number;
    }

    @Override
    public int read() throws IOException {
        return fill() ? plain[at++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int read = Math.min(length, plain.length - at);
        System.arraycopy(plain, at, target, from, read);
        at += read;
        return read;
    }

    @Override
    public int available() throws IOException {
        return fill() ? plain.length - at : 0;
    }

    /** Whether there is a byte left. */
    private boolean fill() throws IOException {
        if (damage != null) {
            throw damage;
        }
        while (at == plain.length && !ended) {
            int length = carried + stored.readNBytes(sealed, carried, sealed.length - carried);
            ended = length < sealed.length;
            plain = open(ended ? length : Chunks.SEALED);
            at = 0;
            number++;
            sealed[0] = sealed[Chunks.SEALED];
            carried = 1;
        }
        return at < plain.length;
    }

    private byte[] open(int length) throws DamagedFileException {
        if (length < Chunks.TAG) {
            throw damaged(
                    length == 0
                            ? "its end is missing, from chunk " + number + " on"
                            : "it is cut off in chunk " + number);
        }
        if (number >= Chunks.MOST) {
            throw damaged("it has more chunks than a file can have");
        }
        var opened = chunks.open(sealed, length, number, ended);
        if (opened.isPresent()) {
            return opened.get();
        }
        if (chunks.open(sealed, length, number, !ended).isPresent()) {
            throw damaged(
                    ended
                            ? "its end is missing, from chunk " + (number + 1) + " on"
                            : "bytes were appended behind its end, chunk " + number);
        }
        throw damaged("chunk " + number + " is damaged, out of its place, cut off or appended to");
    }

    private DamagedFileException damaged(String reason) {
        damage = new DamagedFileException(reason);
        return damage;
    }

    @Override
    public void close() throws IOException {
        stored.close();
    }
}
