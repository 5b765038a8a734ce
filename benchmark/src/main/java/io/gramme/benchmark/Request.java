package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.stream.IntStream;

/**
 * A request made beforehand. What it writes is stamped before it is sent, so that no two sendings of it write the same: a
 * server may rightly do nothing about an item that is replaced by itself.
 *
 * @param stamps where the stamps are in it
 */
@SuppressWarnings("ArrayRecordComponent") // Requests are never compared.
record Request(byte[] bytes, int[] stamps) {
    /** Stands wherever a stamp belongs. */
    static final String STAMP = "########";

    private static final byte[] MARK = STAMP.getBytes(US_ASCII);

    static Request of(byte[] bytes) {
        return new Request(
                bytes,
                IntStream.range(0, bytes.length - MARK.length)
                        .filter(at -> isMarkedAt(bytes, at))
                        .toArray());
    }

    private static boolean isMarkedAt(byte[] bytes, int at) {
        for (int i = 0; i < MARK.length; i++) {
            if (bytes[at + i] != MARK[i]) {
                return false;
            }
        }
        return true;
    }

    /** The bytes to send; {@code number} makes them like no others. */
    byte[] stamped(int number) {
        if (stamps.length == 0) {
            return bytes;
        }
        byte[] stamped = bytes.clone();
        for (int stamp : stamps) {
            for (int i = 0; i < MARK.length; i++) {
                stamped[stamp + i] = (byte) ('a' + (number >>> (4 * i) & 15));
            }
        }
        return stamped;
    }
}
