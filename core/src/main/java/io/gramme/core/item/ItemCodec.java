package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.bytes.Utf8;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Encodes items as compact bytes. Every value begins with its length, so that a reader can skip values that it does not
 * need.
 *
 * <pre>
 * item  := format(1) attributes
 * attributes := count(varint) (name value)*          name := size(varint) utf8
 * value := tag(1) content, where the content of
 *          S, B is size(varint) bytes                N is size(varint) bytes of {@link DecimalCodec}
 *          true, false, null is nothing
 *          M is size(4) attributes                   L is size(4) count(varint) value*
 *          SS, NS, BS is size(4) count(varint) (size(varint) bytes)*
 * </pre>
 */
public final class ItemCodec {
    private static final int FORMAT = 1;

    /** The offset of the attributes in an item that begins with its format. */
    static final int ATTRIBUTES = 1;

    static final int S = 1;
    static final int N = 2;
    static final int B = 3;
    static final int SS = 4;
    static final int NS = 5;
    static final int BS = 6;
    static final int TRUE = 7;
    static final int FALSE = 8;
    static final int NULL = 9;
    static final int L = 10;
    static final int M = 11;
    static final int SIZE_BYTES = 4;
    private static final int TAG_BYTES = 1;

    private ItemCodec() {}

    public static Bytes encode(Item item) {
        var sink = new ByteSink(ATTRIBUTES + attributesLength(item.attributes()));
        sink.put(FORMAT);
        putAttributes(sink, item.attributes());
        return sink.bytes();
    }

    /** The inverse of {@link #encode}; any other input ends in some RuntimeException. */
    public static Item decode(Bytes code) {
        requireFormat(code);
        return Item.wrap(attributes(code, ATTRIBUTES));
    }

    /** @param from where the attributes begin in {@code code} */
    static Map<String, Value> attributes(Bytes code, int from) {
        var source = new ByteSource(code.shared());
        source.skip(from);
        return attributes(source);
    }

    static void requireFormat(Bytes code) {
        int format = code.at(0);
        if (format != FORMAT) {
            throw new IllegalStateException("item of an unknown format: " + format);
        }
    }

    /** The number of bytes of {@link #putAttributes}. */
    static int attributesLength(Map<String, Value> attributes) {
        int length = ByteSink.varintLength(attributes.size());
        for (var attribute : attributes.entrySet()) {
            length += ByteSink.sizedLength(Utf8.length(attribute.getKey())) + length(attribute.getValue());
        }
        return length;
    }

    private static int length(Value value) {
        int content = switch (value) {
            case Value.S(String text) -> ByteSink.sizedLength(Utf8.length(text));
            case Value.N(Decimal number) -> ByteSink.sizedLength(DecimalCodec.length(number));
            case Value.B(Bytes bytes) -> ByteSink.sizedLength(bytes.length());
            case Value.Bool _, Value.Null _ -> 0;
            case Value.SS(List<String> members) -> length(members, member -> ByteSink.sizedLength(Utf8.length(member)));
            case Value.NS(List<Decimal> members) ->
                length(members, member -> ByteSink.sizedLength(DecimalCodec.length(member)));
            case Value.BS(List<Bytes> members) -> length(members, member -> ByteSink.sizedLength(member.length()));
            case Value.L(List<Value> elements) -> length(elements, ItemCodec::length);
            case Value.M(Map<String, Value> entries) -> SIZE_BYTES + attributesLength(entries);
        };
        return TAG_BYTES + content;
    }

    private static <T> int length(List<T> members, ToIntFunction<T> lengthOfOne) {
        int length = SIZE_BYTES + ByteSink.varintLength(members.size());
        for (T member : members) {
            length += lengthOfOne.applyAsInt(member);
        }
        return length;
    }

    static void putAttributes(ByteSink sink, Map<String, Value> attributes) {
        sink.putVarint(attributes.size());
        attributes.forEach((name, value) -> {
            sink.putSized(name);
            put(sink, value);
        });
    }

    private static void put(ByteSink sink, Value value) {
        switch (value) {
            case Value.S(String text) -> {
                sink.put(S);
                sink.putSized(text);
            }
            case Value.N(Decimal number) -> {
                sink.put(N);
                sink.putSized(DecimalCodec.encode(number));
            }
            case Value.B(Bytes bytes) -> {
                sink.put(B);
                sink.putSized(bytes);
            }
            case Value.Bool(boolean flag) -> sink.put(flag ? TRUE : FALSE);
            case Value.Null _ -> sink.put(NULL);
            case Value.SS(List<String> members) -> {
                int start = open(sink, SS);
                sink.putVarint(members.size());
                members.forEach(sink::putSized);
                sink.fillSize(start);
            }
            case Value.NS(List<Decimal> members) -> {
                int start = open(sink, NS);
                sink.putVarint(members.size());
                members.forEach(number -> sink.putSized(DecimalCodec.encode(number)));
                sink.fillSize(start);
            }
            case Value.BS(List<Bytes> members) -> {
                int start = open(sink, BS);
                sink.putVarint(members.size());
                members.forEach(sink::putSized);
                sink.fillSize(start);
            }
            case Value.L(List<Value> elements) -> {
                int start = open(sink, L);
                sink.putVarint(elements.size());
                elements.forEach(element -> put(sink, element));
                sink.fillSize(start);
            }
            case Value.M(Map<String, Value> entries) -> {
                int start = open(sink, M);
                putAttributes(sink, entries);
                sink.fillSize(start);
            }
        }
    }

    private static int open(ByteSink sink, int tag) {
        sink.put(tag);
        return sink.reserveSize();
    }

    private static Map<String, Value> attributes(ByteSource source) {
        int count = source.nextVarint();
        var attributes = LinkedHashMap.<String, Value>newLinkedHashMap(count);
        for (int i = 0; i < count; i++) {
            String name = source.nextText();
            attributes.put(name, value(source));
        }
        return attributes;
    }

    private static Value value(ByteSource source) {
        int tag = source.next();
        if ((tag >= SS && tag <= BS) || tag >= L) {
            source.skip(SIZE_BYTES);
        }
        return switch (tag) {
            case S -> new Value.S(source.nextText());
            case N -> new Value.N(DecimalCodec.decode(source.nextBytes()));
            case B -> new Value.B(source.nextBytes());
            case TRUE -> Value.Bool.TRUE;
            case FALSE -> Value.Bool.FALSE;
            case NULL -> Value.Null.NULL;
            case SS -> {
                int count = source.nextVarint();
                var members = new ArrayList<String>(count);
                for (int i = 0; i < count; i++) {
                    members.add(source.nextText());
                }
                yield new Value.SS(members);
            }
            case NS -> {
                int count = source.nextVarint();
                var members = new ArrayList<Decimal>(count);
                for (int i = 0; i < count; i++) {
                    members.add(DecimalCodec.decode(source.nextBytes()));
                }
                yield new Value.NS(members);
            }
            case BS -> {
                int count = source.nextVarint();
                var members = new ArrayList<Bytes>(count);
                for (int i = 0; i < count; i++) {
                    members.add(source.nextBytes());
                }
                yield new Value.BS(members);
            }
            case L -> {
                int count = source.nextVarint();
                var elements = new ArrayList<Value>(count);
                for (int i = 0; i < count; i++) {
                    elements.add(value(source));
                }
                yield new Value.L(elements);
            }
            case M -> new Value.M(attributes(source));
            default -> throw new IllegalStateException("value of an unknown type: " + tag);
        };
    }
}
