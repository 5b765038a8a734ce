package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The form of sealed bytes:
 *
 * <pre>
 * format (1)  the version of this form in the high four bits, now 1; the algorithm in the low four, now 1, AES-256-GCM
 * data key (4)  its number in the tablespace
 * check (2)   of the rest. It proves nothing to an attacker: it tells bytes that were damaged from bytes that lie elsewhere
 * nonce (12) | encrypted bytes | tag (16)
 * </pre>
 *
 * <p>The number of a data key is short for its full name, tablespace and number: both are authenticated with the wrapped data key.
 */
final class Envelope {
    static final byte FORMAT = 0x11;
    private static final int KEY_AT = 1;
    private static final int CHECK_AT = KEY_AT + Integer.BYTES;
    private static final int BODY_AT = CHECK_AT + Short.BYTES;

    /** How much longer sealed bytes are. */
    static final int OVERHEAD = BODY_AT + GcmKey.OVERHEAD;

    private Envelope() {}

    static Bytes seal(DataKey key, Bytes plain, Place place) {
        byte[] sealed = new byte[OVERHEAD + plain.length()];
        ByteBuffer.wrap(sealed).put(FORMAT).putInt(key.number());
        key.gcm().seal(plain.shared(), place.authenticated(FORMAT, key.number()), sealed, BODY_AT);
        ByteBuffer.wrap(sealed).putShort(CHECK_AT, check(sealed));
        return Bytes.wrap(sealed);
    }

    /**
     * The number of the data key that opens it.
     *
     * @throws SealBrokenException if it is no envelope
     */
    static int dataKey(Bytes sealed, Place place) {
        if (sealed.length() < OVERHEAD || sealed.at(0) != FORMAT) {
            throw new SealBrokenException(SealBrokenException.Fault.TORN, place);
        }
        return sealed.intAt(KEY_AT);
    }

    /** @throws SealBrokenException if it was not sealed for this place with this key */
    static Bytes open(DataKey key, Bytes sealed, Place place) {
        Optional<byte[]> plain = key.gcm().open(sealed.shared(), BODY_AT, place.authenticated(FORMAT, key.number()));
        return Bytes.wrap(plain.orElseThrow(() -> new SealBrokenException(
                isWhole(sealed.shared()) ? SealBrokenException.Fault.MISPLACED : SealBrokenException.Fault.TORN,
                place)));
    }

    private static boolean isWhole(byte[] sealed) {
        return ByteBuffer.wrap(sealed).getShort(CHECK_AT) == check(sealed);
    }

    private static short check(byte[] sealed) {
        var sum = new CRC32C();
        sum.update(sealed, 0, CHECK_AT);
        sum.update(sealed, BODY_AT, sealed.length - BODY_AT);
        return (short) sum.getValue();
    }
}
