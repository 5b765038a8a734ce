package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.WireErrors;
import io.gramme.http.Answer.Header;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** The compression of a body, by the names of {@code Content-Encoding} and {@code Accept-Encoding}. */
enum ContentCoding {
    GZIP("gzip"),
    /** The format of RFC 1950 (zlib), as HTTP defines the name; HTTP does not use the bare format of RFC 1951. */
    DEFLATE("deflate");

    private static final int PIECE = 8 << 10;

    private final String wireName;

    ContentCoding(String wireName) {
        this.wireName = wireName;
    }

    /** The header of a response in this coding. */
    Header header() {
        return new Header("Content-Encoding", wireName);
    }

    /**
     * The coding of a request with this {@code Content-Encoding}; empty if the body is not compressed.
     *
     * @throws io.gramme.core.error.ApiException SERIALIZATION if this server cannot decode the coding
     */
    static Optional<ContentCoding> ofRequest(String header) {
        String name = header.strip().toLowerCase(Locale.ROOT);
        return switch (name) {
            // The last is a name of older AWS protocols, which leaves the bytes as they are.
            case "", "identity", "amz-1.0" -> Optional.empty();
            default -> Optional.of(named(name).orElseThrow(() -> WireErrors.unknownContentCoding(header.strip())));
        };
    }

    private static Optional<ContentCoding> named(String name) {
        return switch (name) {
            case "gzip", "x-gzip" -> Optional.of(GZIP);
            case "deflate" -> Optional.of(DEFLATE);
            default -> Optional.empty();
        };
    }

    /** The coding that an {@code Accept-Encoding} prefers among these; gzip if both have the same weight. */
    static Optional<ContentCoding> accepted(String header) {
        ContentCoding best = null;
        double bestWeight = 0;
        for (String entry : header.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = entry.split(";", -1);
            Optional<ContentCoding> coding = named(parts[0].strip());
            double weight = weight(parts);
            if (coding.isPresent() && (weight > bestWeight || (weight == bestWeight && coding.get() == GZIP))) {
                best = weight > 0 ? coding.get() : best;
                bestWeight = weight;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The weight: one if absent; zero, which declines, if it is not a number from 0 to 1. */
    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String parameter = parts[i].replace(" ", "");
            if (parameter.startsWith("q=")) {
                String number = parameter.substring(2);
                return number.matches("[01](\\.\\d{0,3})?") ? Double.parseDouble(number) : 0;
            }
        }
        return 1;
    }

    /**
     * Decodes a body into {@code target}, whose bound stops a decompression bomb.
     *
     * @throws io.gramme.core.error.ApiException SERIALIZATION if the body is not of this coding from its first byte to
     *     its last
     */
    void decode(Bytes body, BodyBuffer target) {
        Inflation.Ending ending = switch (this) {
            case GZIP -> Inflation.gzip(body.shared(), target);
            case DEFLATE -> Inflation.zlib(body.shared(), target);
        };
        switch (ending) {
            case WHOLE -> {}
            case BROKEN -> throw WireErrors.brokenContent(wireName);
            case TOO_LARGE -> throw WireErrors.bodyTooLarge();
            case TOO_DENSE -> throw WireErrors.denseContent(wireName);
            case NO_MEMORY -> throw WireErrors.overloaded();
        }
    }

    /** Compresses for speed: the client asked for fewer bytes, and waits for them. */
    byte[] encode(byte[] content) {
        var out = new ByteArrayOutputStream(content.length / 4);
        try (DeflaterOutputStream compressing = switch (this) {
            case GZIP -> new FastGzip(out);
            case DEFLATE -> new FastZlib(out);
        }) {
            compressing.write(content);
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

    private static final class FastZlib extends DeflaterOutputStream {
        FastZlib(ByteArrayOutputStream out) {
            super(out, new Deflater(Deflater.BEST_SPEED), PIECE);
        }

        @Override
        public void close() throws IOException {
            try {
                super.close();
            } finally {
                def.end();
            }
        }
    }
}
