package io.gramme.storage.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.storage.Page;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Range;
import io.gramme.storage.RowStore;
import io.gramme.storage.engine.ForwardingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.SeededHistory.Side;
import java.time.InstantSource;
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

    private static final class NeverExhausted extends ForwardingStore {
        NeverExhausted(RowStore store) {
            super(store);
        }

        @Override
        public Page scan(
                PartitionKey partition, Range range, Direction direction, Budget budget, Consistency consistency) {
            return new Page(
                    super.scan(partition, range, direction, budget, consistency).rows(), false);
        }
    }
}
