package io.gramme.core.item;

/** Computes {@link ItemSize} of an item in its stored form. */
final class StoredSize implements ItemVisitor {
    private int size;

    /** The overhead of each value at the current place: a byte in a list or a map, nothing elsewhere. */
    private int perValue;

    /** The {@link #perValue} outside, one for each open container: its bits from the lowest on. */
    private long outside;

    int size() {
        return size;
    }

    @Override
    public void name(byte[] content, int from, int length) {
        size += length;
    }

    @Override
    public void string(byte[] content, int from, int length) {
        add(length);
    }

    @Override
    public void number(Decimal number) {
        add(number.size());
    }

    @Override
    public void binary(byte[] content, int from, int length) {
        add(length);
    }

    @Override
    public void bool(boolean flag) {
        add(1);
    }

    @Override
    public void nothing() {
        add(1);
    }

    private void add(int bytes) {
        size += bytes + perValue;
    }

    @Override
    public void begin(Value.Type type) {
        boolean counts = type == Value.Type.L || type == Value.Type.M;
        add(counts ? ItemSize.CONTAINER : 0);
        outside = outside << 1 | perValue;
        perValue = counts ? ItemSize.ELEMENT : 0;
    }

    @Override
    public void end(Value.Type type) {
        perValue = (int) (outside & 1);
        outside >>>= 1;
    }
}
