package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import io.gramme.storage.testkit.SeededHistory.Side;
import io.gramme.storage.testkit.Step.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Runs the steps of a {@link SeededHistory} on one engine, and checks its versions. */
final class Player implements AutoCloseable {
    private final Side side;
    private final Map<RowKey, Long> newestVersion = new HashMap<>();
    private RowStore store;

    Player(Side side) {
        this.side = side;
        this.store = side.store();
    }

    Answer play(Step step) {
        return switch (step) {
            case Step.Get(var key) -> {
                Optional<Row> row = store.get(key, Consistency.STRONG);
                yield answer("got", row.stream().toList());
            }
            case Step.Scan(var partition, var range, var direction, var budget) ->
                answer(store.scan(partition, range, direction, budget, Consistency.STRONG));
            case Step.Sweep(var range, var budget) -> answer(store.sweep(range, budget, Consistency.STRONG));
            case Step.Transact transact -> transact(transact);
            case Step.Drop(var tablespace) -> {
                store.drop(tablespace);
                yield answer("dropped", List.of());
            }
            case Step.Reopen() -> {
                store = side.reopen().apply(store);
                yield answer("reopened", List.of());
            }
        };
    }

    void checkInvariants(Set<TablespaceId> tablespaces) {
        Invariants.check(store, tablespaces, Choices.KINDS);
    }

    @Override
    public void close() {
        store.close();
    }

    private Answer transact(Step.Transact step) {
        try {
            List<Row> found = store.transact(Set.copyOf(step.reads()), current -> {
                List<Row> rows = step.reads().stream()
                        .flatMap(key -> Transition.row(current, key).stream())
                        .toList();
                if (rows.size() >= step.refusal()) {
                    throw new Refused();
                }
                Bytes count = Bytes.of(rows.size());
                List<Write> writes = step.writes().stream()
                        .<Write>map(write -> switch (write) {
                            case Write.Put(var key, var value) -> new Write.Put(key, value.plus(count));
                            case Write.Delete delete -> delete;
                        })
                        .toList();
                return new Outcome<>(writes, rows);
            });
            Answer answer = answer("wrote", found);
            step.writes().forEach(this::checkGrown);
            return answer;
        } catch (Refused _) {
            return answer("refused", List.of());
        }
    }

    private void checkGrown(Write write) {
        store.get(write.key(), Consistency.STRONG).ifPresent(row -> {
            assertThat(row.version())
                    .as("version of %s after it was written", row.key())
                    .isGreaterThan(newestVersion.getOrDefault(row.key(), Long.MIN_VALUE));
            newestVersion.put(row.key(), row.version());
        });
    }

    private Answer answer(Page page) {
        return answer(page.exhausted() ? "exhausted" : "cut", page.rows());
    }

    private Answer answer(String outcome, List<Row> rows) {
        for (Row row : rows) {
            long newest = newestVersion.merge(row.key(), row.version(), Math::max);
            assertThat(row.version()).as("version of %s", row.key()).isEqualTo(newest);
        }
        return Answer.of(outcome, rows);
    }

    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
