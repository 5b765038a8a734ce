package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Compares attributes with others in the encoding of {@link ItemCodec}, which are not decoded: neither the texts nor
 * the maps of the stored item are built. The result is that of comparing the decoded attributes.
 */
final class StoredMatch {
    private final byte[] content;
    private final ByteSource source;

    private StoredMatch(Bytes code, int from) {
        this.content = code.shared();
        this.source = new ByteSource(content);
        source.skip(from);
    }

    /** @param from where the attributes begin in {@code code} */
    static boolean of(Map<String, Value> attributes, Bytes code, int from) {
        return new StoredMatch(code, from).attributes(attributes);
    }

    private boolean attributes(Map<String, Value> expected) {
        int count = source.nextVarint();
        if (count != expected.size()) {
            return false;
        }
        for (int left = count; left > 0; left--) {
            Value value = expected.get(source.nextText());
            if (value == null || !value(value)) {
                return false;
            }
        }
        return true;
    }

    private boolean value(Value expected) {
        int tag = source.next();
        return switch (expected) {
            case Value.S(String text) -> tag == ItemCodec.S && text(text);
            case Value.N(Decimal number) -> tag == ItemCodec.N && number(number);
            case Value.B(Bytes bytes) -> tag == ItemCodec.B && bytes(bytes);
            case Value.Bool(boolean flag) -> tag == (flag ? ItemCodec.TRUE : ItemCodec.FALSE);
            case Value.Null _ -> tag == ItemCodec.NULL;
            // Members of a set are in one order, in a value as in its encoding.
            case Value.SS(List<String> members) -> tag == ItemCodec.SS && sequence(members, this::text);
            case Value.NS(List<Decimal> members) -> tag == ItemCodec.NS && sequence(members, this::number);
            case Value.BS(List<Bytes> members) -> tag == ItemCodec.BS && sequence(members, this::bytes);
            case Value.L(List<Value> elements) -> tag == ItemCodec.L && sequence(elements, this::value);
            case Value.M(Map<String, Value> entries) -> {
                if (tag != ItemCodec.M) {
                    yield false;
                }
                source.skip(ItemCodec.SIZE_BYTES);
                yield attributes(entries);
            }
        };
    }

    private interface Member<T> {
        boolean matches(T expected);
    }

    private <T> boolean sequence(List<T> expected, Member<T> member) {
        source.skip(ItemCodec.SIZE_BYTES);
        if (source.nextVarint() != expected.size()) {
            return false;
        }
        for (T one : expected) {
            if (!member.matches(one)) {
                return false;
            }
        }
        return true;
    }

    private boolean text(String expected) {
        int length = source.nextVarint();
        int from = source.position();
        source.skip(length);
        return Utf8.isEncoded(expected, content, from, length);
    }

    private boolean number(Decimal expected) {
        // Equal numbers are equal bytes.
        return bytes(DecimalCodec.encode(expected));
    }

    private boolean bytes(Bytes expected) {
        int length = source.nextVarint();
        int from = source.position();
        source.skip(length);
        return Arrays.equals(content, from, from + length, expected.shared(), 0, expected.length());
    }
}
