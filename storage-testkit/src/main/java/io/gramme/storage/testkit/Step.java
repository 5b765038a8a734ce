package io.gramme.storage.testkit;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import java.util.List;

/** One step of a {@link SeededHistory}. */
sealed interface Step {
    record Get(RowKey key) implements Step {}

    record Scan(PartitionKey partition, Range range, Direction direction, Budget budget) implements Step {}

    record Sweep(HashRange range, Budget budget) implements Step {}

    /**
     * Puts each value followed by the number of rows that existed.
     *
     * @param refusal the transition throws if at least this many of the rows exist
     */
    record Transact(List<RowKey> reads, List<Write> writes, int refusal) implements Step {}

    record Drop(TablespaceId tablespace) implements Step {}

    record Reopen() implements Step {}

    /** The answer of a step, without versions. */
    record Answer(String outcome, List<Content> rows) {
        static Answer of(String outcome, List<Row> rows) {
            return new Answer(
                    outcome,
                    rows.stream()
                            .map(row -> new Content(row.key(), row.value()))
                            .toList());
        }
    }

    record Content(RowKey key, Bytes value) {}
}
