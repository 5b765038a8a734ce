package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.Budget;
import io.gramme.storage.ChangeLog;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.HashRange;
import io.gramme.storage.Page;
import io.gramme.storage.Partition;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.Transition;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.SeededHistory.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededHistoryTest {
    private static RowStore memory() {
        return new MemoryStore(InstantSource.system());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anEngineAgreesWithItself(long seed) {
        new SeededHistory(seed, 2000).compare(Side.thatCannotReopen(memory()), Side.thatCannotReopen(memory()));
    }

    @Test
    void anEngineThatForgetsItsRowsWhenReopenedIsFound() {
        assertThatThrownBy(() -> new SeededHistory(1, 5000)
                        .compare(Side.thatCannotReopen(memory()), new Side(memory(), _ -> memory())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed=1");
    }

    @Test
    void anEngineThatNeverSaysExhaustedIsFound() {
        assertThatThrownBy(() -> new SeededHistory(1, 5000)
                        .compare(Side.thatCannotReopen(memory()), Side.thatCannotReopen(new NeverExhausted(memory()))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed=1");
    }

    private record NeverExhausted(RowStore store) implements RowStore {
        @Override
        public Optional<Row> get(RowKey key, Consistency consistency) {
            return store.get(key, consistency);
        }

        @Override
        public Page scan(
                Partition partition, Range range, Direction direction, Budget budget, Consistency consistency) {
            Page page = store.scan(partition, range, direction, budget, consistency);
            return new Page(page.rows(), false);
        }

        @Override
        public Page sweep(HashRange range, Budget budget, Consistency consistency) {
            return store.sweep(range, budget, consistency);
        }

        @Override
        public <R> R transact(Set<RowKey> reads, Transition<R> transition) {
            return store.transact(reads, transition);
        }

        @Override
        public ChangeLog changes() {
            return store.changes();
        }

        @Override
        public Duration lag() {
            return store.lag();
        }

        @Override
        public void drop(long id) {
            store.drop(id);
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
