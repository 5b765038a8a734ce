package io.gramme.storage.testkit;

import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.PastRow;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A row that counts its own changes and retains its image before each: so its history shows what was lost. */
public record CountedRow(RowKey key) {

    /** Adds one as a transaction of its own. */
    public long increment(RowStore store) {
        return store.transact(Set.of(key), current -> {
            long sum = number(Transition.row(current, key)) + 1;
            Retained image = image(Transition.row(current, key));
            return new Outcome<>(List.of(put(key, Long.toString(sum))), List.of(), List.of(image), sum);
        });
    }

    /** The image that a transaction retains which changes this row. */
    public Retained image(Optional<Row> before) {
        return new Retained(key, before.map(Row::value), Duration.ofDays(1));
    }

    /**
     * The same where several changes may be made together, as one: the numbers in between need not be in the history.
     */
    public long checkTogether(RowStore store) {
        return check(store, false);
    }

    /** Checks that the history of this row holds each number that it has had, once and in order. Returns the last. */
    public long check(RowStore store) {
        return check(store, true);
    }

    private long check(RowStore store, boolean one) {
        Optional<Row> live = row(store, key);
        LogPosition at = LogPosition.START;
        long count = 0;
        Optional<PastRow> change = store.history().first(key, at);
        while (change.isPresent()) {
            assertThat(change.get().changed()).isGreaterThan(at.version());
            if (!one) {
                count = Math.max(count, before(change.get()));
            }
            assertThat(change.get().before())
                    .as("image of %s before change %s", key, count + 1)
                    .isEqualTo(count == 0 ? Optional.empty() : Optional.of(Bytes.utf8(Long.toString(count))));
            count++;
            at = LogPosition.behind(change.get().changed());
            change = store.history().first(key, at);
        }
        if (one) {
            assertThat(number(live)).as("changes of %s", key).isEqualTo(count);
        } else {
            assertThat(number(live)).as("changes of %s", key).isGreaterThanOrEqualTo(count);
        }
        live.ifPresent(row -> assertThat(row.version())
                .isEqualTo(store.history()
                        .first(key, LogPosition.behind(row.version() - 1))
                        .orElseThrow()
                        .changed()));
        return count;
    }

    private static long before(PastRow change) {
        return number(change.before().map(value -> new Row(change.key(), value, 0)));
    }
}
