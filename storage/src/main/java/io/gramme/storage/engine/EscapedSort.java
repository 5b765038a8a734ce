package io.gramme.storage.engine;

import io.gramme.core.bytes.Bytes;
import java.util.Arrays;

/**
 * The sort bytes of a row as the begin of a longer key: each 00 as 00 ff, and 00 00 at the end. The end sorts before
 * every byte that may follow in its place, so keys have the order of their rows, with any bytes after the end.
 */
public final class EscapedSort {
    /** The length of the end. */
    public static final int END_LENGTH = 2;

    private static final byte ESCAPE = (byte) 0xff;

    private EscapedSort() {}

    public static Bytes of(Bytes sort) {
        byte[] plain = sort.shared();
        int zeros = 0;
        for (byte each : plain) {
            zeros += each == 0 ? 1 : 0;
        }
        byte[] escaped = new byte[plain.length + zeros + END_LENGTH];
        int at = 0;
        for (byte each : plain) {
            escaped[at++] = each;
            if (each == 0) {
                escaped[at++] = ESCAPE;
            }
        }
        return Bytes.wrap(escaped);
    }

    /**
     * The sort bytes in a key.
     *
     * @param from where they begin
     * @param to behind their end
     */
    public static Bytes decode(byte[] key, int from, int to) {
        int end = to - END_LENGTH;
        byte[] plain = new byte[end - from];
        int length = 0;
        for (int at = from; at < end; at++) {
            plain[length++] = key[at];
            if (key[at] == 0) {
                at++;
            }
        }
        return Bytes.wrap(Arrays.copyOf(plain, length));
    }
}
