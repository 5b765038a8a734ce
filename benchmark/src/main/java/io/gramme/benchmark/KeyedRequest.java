package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.IntUnaryOperator;

/** A request made beforehand but for its keys, which are numbers and are filled in before it is sent. */
final class KeyedRequest {
    /** Stands wherever a key belongs. */
    static final String KEY = "@@@@@@@@";

    private final byte[] bytes;
    private final int[] keys;
    private final int[] stamps;

    KeyedRequest(byte[] bytes) {
        this.bytes = bytes;
        this.keys = Request.marks(bytes, KEY.getBytes(US_ASCII));
        this.stamps = Request.marks(bytes, Request.STAMP.getBytes(US_ASCII));
    }

    /**
     * The bytes to send.
     *
     * @param number the key for each place of one, counted from 0
     * @param stamp makes what is written like nothing that was written before
     */
    byte[] about(IntUnaryOperator number, int stamp) {
        byte[] filled = bytes.clone();
        for (int place = 0; place < keys.length; place++) {
            Request.write(filled, keys[place], number.applyAsInt(place));
        }
        for (int at : stamps) {
            Request.write(filled, at, stamp);
        }
        return filled;
    }
}
