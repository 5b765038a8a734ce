package io.gramme.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowHistory;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Two servers over one keyspace, used in turns as chance has it, that die in the middle of transactions; then another
 * takes the place of the dead one. For one caller at a time.
 *
 * <p>A transaction whose server died is looked for: what it wrote must be there wholly or not at all. If it is not, it
 * is made again.
 */
final class DyingServers implements RowStore {
    private final CassandraOptions options;
    private final Random random;
    private final long shift;
    private final int lifetime;
    private final List<Shifted> servers = new ArrayList<>();
    private int died;

    /** @param lifetime of a server, in steps of its commits, on average */
    DyingServers(CassandraOptions options, long seed, int lifetime) {
        this.options = options;
        this.random = new Random(seed);
        this.shift = TestKeyspace.newShift();
        this.lifetime = lifetime;
        servers.add(begin());
        servers.add(begin());
    }

    /** Its clock goes wrong by up to two seconds. */
    private Shifted begin() {
        long wrongMillis = random.nextInt(-1000, 1000);
        InstantSource clock = () -> Instant.now().plusMillis(wrongMillis);
        var fate = new Random(random.nextLong());
        return new Shifted(TestKeyspace.server(options, clock, new Mortal(() -> fate.nextInt(lifetime) == 0)), shift);
    }

    int died() {
        return died;
    }

    private int any() {
        return random.nextInt(servers.size());
    }

    @Override
    public Optional<Row> get(RowKey key, Consistency consistency) {
        return servers.get(any()).get(key, consistency);
    }

    @Override
    public List<Optional<Row>> getAll(List<RowKey> keys, Consistency consistency) {
        return servers.get(any()).getAll(keys, consistency);
    }

    @Override
    public Page scan(PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
        return servers.get(any()).scan(partition, range, direction, budget, consistency);
    }

    @Override
    public Page sweep(HashRange range, Budget budget, Consistency consistency) {
        return servers.get(any()).sweep(range, budget, consistency);
    }

    private record Run<R>(Map<RowKey, Optional<Row>> before, Outcome<R> outcome) {}

    @Override
    public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
        while (true) {
            int server = any();
            var last = new AtomicReference<Optional<Run<R>>>(Optional.empty());
            try {
                return servers.get(server).transact(reads, (Transition.Versioned<R>) (current, version) -> {
                    Outcome<R> outcome = transition.apply(current, version);
                    last.set(Optional.of(new Run<>(current, outcome)));
                    return outcome;
                });
            } catch (Mortal.Died _) {
                died++;
                servers.set(server, begin());
                if (random.nextBoolean()) {
                    servers.get(any()).store().recoverAll();
                }
                if (last.get().filter(this::isThere).isPresent()) {
                    return last.get().orElseThrow().outcome().answer();
                }
            }
        }
    }

    /** Whether what was decided has been written; half of it must never be. */
    private <R> boolean isThere(Run<R> run) {
        List<Boolean> each = new ArrayList<>();
        for (Write write : run.outcome().writes()) {
            if (!run.before().containsKey(write.key())) {
                // It follows from the others, and comes later.
                continue;
            }
            Optional<Row> before = run.before().getOrDefault(write.key(), Optional.empty());
            Optional<Row> now = get(write.key(), Consistency.STRONG);
            switch (write) {
                case Write.Put put ->
                    each.add(now.filter(row -> row.value().equals(put.value())
                                    && row.version() > before.map(Row::version).orElse(0L))
                            .isPresent());
                case Write.Delete _ -> before.ifPresent(_ -> each.add(now.isEmpty()));
            }
        }
        assertThat(each.stream().distinct()).as("wholly or not at all").hasSizeLessThanOrEqualTo(1);
        return each.stream().allMatch(it -> it) && !each.isEmpty();
    }

    @Override
    public ChangeLog changes() {
        return servers.get(any()).changes();
    }

    @Override
    public RowHistory history() {
        return servers.get(any()).history();
    }

    @Override
    public Duration lag() {
        return servers.get(any()).lag();
    }

    @Override
    public void drop(TablespaceId tablespace) {
        // Another server comes to know of it when it next looks for what is to be purged.
        servers.get(any()).drop(tablespace);
        servers.forEach(server -> server.store().purge());
    }

    /** Has what dead servers left brought to its end. */
    void recover() {
        servers.get(any()).store().recoverAll();
    }

    @Override
    public void close() {
        servers.forEach(Shifted::close);
    }
}
