package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.IntUnaryOperator;

/** A request prepared in advance except for its keys, which are numbers and are filled in before it is sent. */
final class KeyedRequest {
    /** The placeholder of a key. */
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
     * @param number the key for each placeholder, by its position from 0
     * @param stamp makes the written item differ from every earlier one
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
