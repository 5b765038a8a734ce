package io.gramme.storage.cassandra;

import io.gramme.storage.Append;
import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastPage;
import io.gramme.storage.PastRow;
import io.gramme.storage.Range;
import io.gramme.storage.Retained;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A part of a store that looks like a whole one: its tablespaces have other numbers there, by as much as {@code
 * shift}.
 */
record Shifted(CassandraStore store, long shift) implements RowStore {

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return store.get(in(key), consistency).map(this::out);
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return store.getAll(keys.stream().map(this::in).toList(), consistency).stream()
                .map(row -> row.map(this::out))
                .toList();
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return out(store.scan(in(partition), range, direction, budget, consistency));
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return out(store.sweep(in(range), budget, consistency));
    }

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        return store.transact(reads.stream().map(this::in).collect(Collectors.toSet()), (Transition.Versioned<R>)
                (current, version) -> {
                    Map<RowKey, Optional<Row>> shown = new LinkedHashMap<>();
                    current.forEach((key, row) -> shown.put(out(key), row.map(this::out)));
                    Outcome<R> outcome = transition.apply(shown, version);
                    return new Outcome<>(
                            outcome.writes().stream().map(this::in).toList(),
                            outcome.appends().stream()
                                    .map(append -> new Append(in(append.log()), append.value()))
                                    .toList(),
                            outcome.retained().stream()
                                    .map(image -> new Retained(in(image.key()), image.before(), image.keep()))
                                    .toList(),
                            outcome.answer());
                });
    }

    @Override
    public ChangeLog changes() {
        ChangeLog changes = store.changes();
        return new ChangeLog() {
            @Override
            public LogPage read(PartitionKey log, LogPosition after, Budget budget) {
                return changes.read(in(log), after, budget);
            }

            @Override
            public LogPosition complete() {
                return changes.complete();
            }

            @Override
            public LogPosition latest() {
                return changes.latest();
            }

            @Override
            public LogPosition highWatermark() {
                return changes.highWatermark();
            }

            @Override
            public void trim(PartitionKey log, LogPosition last) {
                changes.trim(in(log), last);
            }
        };
    }

    @Override
    public RowHistory history() {
        RowHistory history = store.history();
        return new RowHistory() {
            @Override
            public Optional<PastRow> first(RowKey key, LogPosition at) {
                return history.first(in(key), at).map(Shifted.this::out);
            }

            @Override
            public PastPage scan(
                    PartitionKey partition, Range range, Direction direction, LogPosition at, Budget budget) {
                return out(history.scan(in(partition), range, direction, at, budget));
            }

            @Override
            public PastPage sweep(HashRange range, LogPosition at, Budget budget) {
                return out(history.sweep(in(range), at, budget));
            }

            @Override
            public Comparator<PartitionKey> order() {
                return Comparator.comparing(Shifted.this::in, history.order());
            }

            @Override
            public void forget(TablespaceId tablespace, LogPosition until) {
                history.forget(in(tablespace), until);
            }
        };
    }

    @Override
    public Duration lag() {
        return store.lag();
    }

    @Override
    public void drop(TablespaceId tablespace) {
        store.drop(in(tablespace));
    }

    @Override
    public void close() {
        store.close();
    }

    private TablespaceId in(TablespaceId tablespace) {
        return new TablespaceId(tablespace.number() + shift);
    }

    private HashRange in(HashRange range) {
        return new HashRange(
                in(range.tablespace()),
                range.kind(),
                range.from(),
                range.to(),
                range.after().map(this::in));
    }

    private PartitionKey in(PartitionKey partition) {
        return new PartitionKey(in(partition.tablespace()), partition.key());
    }

    private RowKey in(RowKey key) {
        return new RowKey(in(key.partition()), key.sort());
    }

    private Write in(Write write) {
        return switch (write) {
            case Write.Put(var key, var value) -> new Write.Put(in(key), value);
            case Write.Delete(var key) -> new Write.Delete(in(key));
        };
    }

    private RowKey out(RowKey key) {
        return new RowKey(
                new PartitionKey(
                        new TablespaceId(key.partition().tablespace().number() - shift),
                        key.partition().key()),
                key.sort());
    }

    private Row out(Row row) {
        return new Row(out(row.key()), row.value(), row.version());
    }

    private PastRow out(PastRow row) {
        return new PastRow(out(row.key()), row.before(), row.changed());
    }

    private PastPage out(PastPage page) {
        return new PastPage(page.rows().stream().map(this::out).toList(), page.exhausted());
    }

    private Page out(Page page) {
        return new Page(page.rows().stream().map(this::out).toList(), page.exhausted());
    }
}
