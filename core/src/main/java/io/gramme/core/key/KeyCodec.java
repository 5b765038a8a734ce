package io.gramme.core.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.DecimalCodec;
import io.gramme.core.item.Value;
import java.util.List;

/**
 * Encodes key values as bytes whose unsigned order is the service's order: S by UTF-8, B as it is, N by value.
 *
 * <p>{@link #last} encodes the final value of a key. {@link #inside} escapes and terminates the value, so that what
 * follows never changes the order of what precedes: each 0x00 becomes 0x00 0xff, and the end is 0x00 0x00.
 */
public final class KeyCodec {
    private static final byte ESCAPED = (byte) 0xff;
    private static final Bytes END = Bytes.wrap(new byte[] {0, 0});

    private KeyCodec() {}

    public static Bytes last(Value value) {
        return switch (value) {
            case Value.S(String text) -> Bytes.utf8(text);
            case Value.N(var number) -> DecimalCodec.encode(number);
            case Value.B(Bytes bytes) -> bytes;
            case Value.SS _, Value.NS _, Value.BS _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw new IllegalArgumentException("no key type: " + value.type());
        };
    }

    public static Bytes inside(Value value) {
        return escaped(last(value)).plus(END);
    }

    public static Bytes inside(List<Value> values) {
        return values.stream().map(KeyCodec::inside).reduce(Bytes.EMPTY, Bytes::plus);
    }

    /** The common prefix of the {@link #inside} forms of all values that begin with {@code prefix}. */
    public static Bytes insideStartingWith(Value prefix) {
        return escaped(last(prefix));
    }

    private static Bytes escaped(Bytes plain) {
        int zeros = 0;
        for (int i = 0; i < plain.length(); i++) {
            zeros += plain.at(i) == 0 ? 1 : 0;
        }
        if (zeros == 0) {
            return plain;
        }
        byte[] escaped = new byte[plain.length() + zeros];
        int to = 0;
        for (int i = 0; i < plain.length(); i++) {
            escaped[to++] = (byte) plain.at(i);
            if (plain.at(i) == 0) {
                escaped[to++] = ESCAPED;
            }
        }
        return Bytes.wrap(escaped);
    }
}
