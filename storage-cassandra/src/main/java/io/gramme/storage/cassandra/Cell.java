package io.gramme.storage.cassandra;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import java.util.Optional;

/**
 * A row as it is stored, with the intent of the transaction that holds it, if one does.
 *
 * @param value empty if there is no such row for readers
 */
record Cell(Optional<Bytes> value, long version, Optional<Intent> intent) {
    static final Cell ABSENT = new Cell(Optional.empty(), 0, Optional.empty());

    Optional<Row> row(RowKey key) {
        return value.map(it -> new Row(key, it, version));
    }

    boolean isHeldBy(Bytes transaction) {
        return intent.filter(it -> it.holder().equals(transaction)).isPresent();
    }

    /** The cell as it is after the transaction that holds it has committed with this version. */
    Cell committed(long committedVersion) {
        return switch (intent.map(Intent::next).orElse(new Intent.Next.Same())) {
            case Intent.Next.Same() -> new Cell(value, version, Optional.empty());
            case Intent.Next.Gone() -> ABSENT;
            case Intent.Next.Value(var next) -> new Cell(Optional.of(next), committedVersion, Optional.empty());
        };
    }

    Cell released() {
        return new Cell(value, version, Optional.empty());
    }
}
