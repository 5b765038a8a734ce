package io.gramme.tables.access;

import java.util.Optional;

/**
 * What a request asks besides the items that it touches, as conditions of policies name it. Each value is what the
 * service assumes where the request does not say it; empty where its operation has none.
 *
 * @param select which attributes a read returns: {@code ALL_ATTRIBUTES}, {@code SPECIFIC_ATTRIBUTES} and so on
 * @param returnValues which images a write returns
 * @param returnConsumedCapacity whether the response says what it consumed
 * @param enclosingOperation the name of the transaction that the action is part of
 * @param fullTableScan of a statement that reads: whether nothing bounds the partitions that it reads
 */
public record Terms(
        Optional<String> select,
        Optional<String> returnValues,
        Optional<String> returnConsumedCapacity,
        Optional<String> enclosingOperation,
        Optional<Boolean> fullTableScan) {
    public static final Terms NONE =
            new Terms(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Terms select(String value) {
        return new Terms(Optional.of(value), returnValues, returnConsumedCapacity, enclosingOperation, fullTableScan);
    }

    public Terms returnValues(String value) {
        return new Terms(select, Optional.of(value), returnConsumedCapacity, enclosingOperation, fullTableScan);
    }

    public Terms returnConsumedCapacity(String value) {
        return new Terms(select, returnValues, Optional.of(value), enclosingOperation, fullTableScan);
    }

    public Terms within(String operation) {
        return new Terms(select, returnValues, returnConsumedCapacity, Optional.of(operation), fullTableScan);
    }

    public Terms fullTableScan(boolean value) {
        return new Terms(select, returnValues, returnConsumedCapacity, enclosingOperation, Optional.of(value));
    }
}
