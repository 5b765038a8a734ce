package io.gramme.core.item;

import io.gramme.core.bytes.Bytes;

/** Walks over an item in the encoding of {@link ItemCodec}, from one value to the next. */
final class StoredWalk {
    private final byte[] content;
    private final ByteSource source;
    private final ItemVisitor visitor;

    private StoredWalk(Bytes code, int from, ItemVisitor visitor) {
        this.content = code.shared();
        this.source = new ByteSource(content);
        source.skip(from);
        this.visitor = visitor;
    }

    /** @param from where the attributes begin in {@code code} */
    static void over(Bytes code, int from, ItemVisitor visitor) {
        new StoredWalk(code, from, visitor).attributes();
    }

    private void attributes() {
        for (int left = source.nextVarint(); left > 0; left--) {
            run(visitor::name);
            value();
        }
    }

    private interface Run {
        void is(byte[] content, int from, int length);
    }

    private void run(Run run) {
        int length = source.nextVarint();
        run.is(content, source.position(), length);
        source.skip(length);
    }

    private void value() {
        int tag = source.next();
        switch (tag) {
            case ItemCodec.S -> run(visitor::string);
            case ItemCodec.N -> number();
            case ItemCodec.B -> run(visitor::binary);
            case ItemCodec.TRUE -> visitor.bool(true);
            case ItemCodec.FALSE -> visitor.bool(false);
            case ItemCodec.NULL -> visitor.nothing();
            case ItemCodec.SS -> sequence(Value.Type.SS, () -> run(visitor::string));
            case ItemCodec.NS -> sequence(Value.Type.NS, this::number);
            case ItemCodec.BS -> sequence(Value.Type.BS, () -> run(visitor::binary));
            case ItemCodec.L -> sequence(Value.Type.L, this::value);
            case ItemCodec.M -> {
                source.skip(ItemCodec.SIZE_BYTES);
                visitor.begin(Value.Type.M);
                attributes();
                visitor.end(Value.Type.M);
            }
            default -> throw new IllegalStateException("value of an unknown type: " + tag);
        }
    }

    private void number() {
        visitor.number(DecimalCodec.decode(source.nextBytes()));
    }

    private void sequence(Value.Type type, Runnable member) {
        source.skip(ItemCodec.SIZE_BYTES);
        visitor.begin(type);
        for (int left = source.nextVarint(); left > 0; left--) {
            member.run();
        }
        visitor.end(type);
    }
}
