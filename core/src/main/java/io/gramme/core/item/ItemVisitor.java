package io.gramme.core.item;

/**
 * A visitor of the attributes of a stored item, in their order, without decoding them into values. Runs of bytes are
 * parts of the item's stored form: to be read only, and only while the call lasts.
 *
 * <p>An attribute or an entry of a map is its name and then its value, an element of a list or a member of a set its
 * value alone. The values inside of a container come between its begin and its end.
 */
public interface ItemVisitor {
    /** In UTF-8. */
    void name(byte[] content, int from, int length);

    /** In UTF-8. */
    void string(byte[] content, int from, int length);

    void number(Decimal number);

    void binary(byte[] content, int from, int length);

    void bool(boolean flag);

    void nothing();

    /** @param type a set, a list or a map */
    void begin(Value.Type type);

    /** @param type the type that it began with */
    void end(Value.Type type);
}
