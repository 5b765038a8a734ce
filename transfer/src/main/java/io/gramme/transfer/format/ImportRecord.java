package io.gramme.transfer.format;

import io.gramme.core.item.Item;

/**
 * One record of an object that is imported. Each counts as processed: a {@link Valid} or {@link Conditional} one is
 * imported unless the table refuses it, each of the others is one error.
 */
public sealed interface ImportRecord {
    /** Of the record in its object, from 0: {@code itemIndex} of the error log. */
    long index();

    /** An item that satisfies every rule of PutItem that needs no table. At most 400 KB. */
    record Valid(long index, Item item) implements ImportRecord {}

    /** The same with a condition, which is not bound yet. Only of objects that are read as {@link RecordKind#PUT}. */
    record Conditional(long index, Item item, RecordCondition condition) implements ImportRecord {}

    /**
     * A record that is no valid item. Records follow it.
     *
     * @param message for {@code errorMessages}
     */
    record Invalid(long index, String message) implements ImportRecord {}

    /**
     * A record that cannot be parsed, so that the rest of the object is skipped. It is the last of its object.
     *
     * @param message for {@code errorMessages}
     */
    record Unreadable(long index, String message) implements ImportRecord {}
}
