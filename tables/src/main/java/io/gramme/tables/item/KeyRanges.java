package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.KeyCondition.Test;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyCodec;
import io.gramme.storage.Range;
import java.util.List;
import java.util.Optional;

/**
 * The rows that a key condition selects within a partition. In a table the sort key ends a row's sort bytes; in an
 * index other key parts follow it, so that one value selects all rows that begin with it.
 */
final class KeyRanges {
    private final boolean sortKeyIsLast;
    private final Bytes prefix;

    private KeyRanges(boolean sortKeyIsLast, Bytes prefix) {
        this.sortKeyIsLast = sortKeyIsLast;
        this.prefix = prefix;
    }

    static Range of(ReadTarget target, KeyCondition.Resolved condition) {
        boolean last = target.index().isEmpty();
        List<Value> equals = condition.sortEquals();
        if (last && !equals.isEmpty()) {
            Bytes point = target.prefix().plus(KeyCodec.last(equals.getFirst()));
            return new Range(point, Optional.of(point.next()));
        }
        var ranges = new KeyRanges(last, target.prefix().plus(KeyCodec.inside(equals)));
        return condition.sortTest().map(ranges::of).orElseGet(() -> Range.startingWith(ranges.prefix));
    }

    private Range of(Test test) {
        return switch (test) {
            case KeyCondition.Equal(Value value) -> new Range(at(value), Optional.of(after(value)));
            case KeyCondition.Less(Value value) -> new Range(prefix, Optional.of(at(value)));
            case KeyCondition.LessOrEqual(Value value) -> new Range(prefix, Optional.of(after(value)));
            case KeyCondition.Greater(Value value) -> new Range(after(value), end());
            case KeyCondition.GreaterOrEqual(Value value) -> new Range(at(value), end());
            case KeyCondition.Between(Value low, Value high) -> new Range(at(low), Optional.of(after(high)));
            case KeyCondition.BeginsWith(Value start) ->
                Range.startingWith(
                        prefix.plus(sortKeyIsLast ? KeyCodec.last(start) : KeyCodec.insideStartingWith(start)));
        };
    }

    /** The lower bound of rows with this value. */
    private Bytes at(Value value) {
        return prefix.plus(sortKeyIsLast ? KeyCodec.last(value) : KeyCodec.inside(value));
    }

    /** The bound after all rows with this value. */
    private Bytes after(Value value) {
        return sortKeyIsLast ? at(value).next() : at(value).afterPrefix();
    }

    private Optional<Bytes> end() {
        return Optional.of(prefix.afterPrefix());
    }
}
