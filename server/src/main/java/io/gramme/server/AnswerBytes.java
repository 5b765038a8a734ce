package io.gramme.server;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The buffer of one response body. JSON comes in pieces of some kilobytes: a body of one piece, as most are, is copied
 * once, and that copy is the array that is sent; a body of several pieces is joined at the end.
 */
final class AnswerBytes extends OutputStream {
    private final List<byte[]> pieces = new ArrayList<>(1);
    private int length;

    @Override
    public void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int size) {
        pieces.add(Arrays.copyOfRange(bytes, from, from + size));
        length += size;
    }

    /** All bytes written; nothing may be written afterwards. */
    byte[] content() {
        if (pieces.size() == 1) {
            return pieces.getFirst();
        }
        byte[] content = new byte[length];
        int at = 0;
        for (byte[] piece : pieces) {
            System.arraycopy(piece, 0, content, at, piece.length);
            at += piece.length;
        }
        return content;
    }
}
