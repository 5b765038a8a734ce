package io.gramme.transfer.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes UTF-8. At a malformed byte it fails, but only after it has returned all text before it. */
final class Utf8Reader extends Reader {
    private static final int BUFFER = 16 << 10;

    private final InputStream content;
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private boolean ended;

    Utf8Reader(InputStream content) {
        this.content = content;
    }

    @Override
    public int read(char[] target, int from, int length) throws IOException {
        var text = CharBuffer.wrap(target, from, length).slice();
        while (true) {
            CoderResult result = decoder.decode(bytes, text, ended);
            if (text.position() > 0) {
                return text.position();
            }
            if (result.isError()) {
                result.throwException();
            }
            if (result.isOverflow()) {
                throw new IllegalArgumentException("length=" + length); // No room for a surrogate pair.
            }
            if (ended) {
                return -1;
            }
            fill();
        }
    }

    private void fill() throws IOException {
        bytes.compact();
        int read = content.read(bytes.array(), bytes.position(), bytes.remaining());
        ended = read < 0;
        bytes.position(bytes.position() + Math.max(0, read)).flip();
    }

    @Override
    public void close() {}
}
