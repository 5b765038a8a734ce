package io.gramme.server.wire;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** Compressed bodies, both ways. */
final class Gzip {
    private static final int PIECE = 8 << 10;

    private Gzip() {}

    /** Inflates into {@code target}, whose bound is what stops a bomb. What is not gzip is no readable body. */
    static void inflate(Bytes compressed, BodyBuffer target) {
        byte[] piece = new byte[PIECE];
        try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed.shared()), PIECE)) {
            for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
                require(target.append(piece, read));
            }
        } catch (IOException _) {
            throw WireErrors.unreadableBody();
        }
    }

    private static void require(BodyBuffer.Fit fit) {
        switch (fit) {
            case FITS -> {}
            case TOO_LARGE -> throw WireErrors.bodyTooLarge();
            case NO_MEMORY -> throw WireErrors.overloaded();
        }
    }

    /** Compressed for speed: the client asked for fewer bytes, and waits for them. */
    static byte[] compress(byte[] content) {
        var out = new ByteArrayOutputStream(content.length / 4);
        try (var gzip = new FastGzip(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(ByteArrayOutputStream out) throws IOException {
            super(out, PIECE);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
