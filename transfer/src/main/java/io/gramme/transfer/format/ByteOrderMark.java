package io.gramme.transfer.format;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;

/** Skips the mark with which some editors begin a text in UTF-8. */
final class ByteOrderMark {
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private ByteOrderMark() {}

    static InputStream skipped(InputStream content) throws IOException {
        var text = new PushbackInputStream(content, MARK.length);
        byte[] start = text.readNBytes(MARK.length);
        if (!Arrays.equals(start, MARK)) {
            text.unread(start);
        }
        return text;
    }
}
