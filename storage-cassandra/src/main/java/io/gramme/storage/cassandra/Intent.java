package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;

/** The mark of a transaction that holds a row, and the row's content if the transaction commits. */
record Intent(Bytes holder, Next next) {

    sealed interface Next {
        /** The row was only read. */
        record Same() implements Next {}

        record Gone() implements Next {}

        record Value(Bytes value) implements Next {}
    }

    private static final int SAME = 0;
    private static final int GONE = 1;
    private static final int VALUE = 2;

    static Intent decode(Bytes holder, Bytes stored) {
        Next next = switch (stored.at(0)) {
            case SAME -> new Next.Same();
            case GONE -> new Next.Gone();
            default -> new Next.Value(stored.from(1));
        };
        return new Intent(holder, next);
    }

    Bytes encode() {
        return switch (next) {
            case Next.Same() -> Bytes.of(SAME);
            case Next.Gone() -> Bytes.of(GONE);
            case Next.Value(var value) -> Bytes.of(VALUE).plus(value);
        };
    }
}
