package io.gramme.storage.cassandra;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.cassandra.Cql.Losses.Loss;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.SeededHistory;
import io.gramme.storage.testkit.SeededHistory.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("cluster")
@Timeout(240)
class CassandraHistoryTest {
    private static final int STEPS = Integer.getInteger("gramme.history.steps", 100);

    private static Side model() {
        return Side.thatCannotReopen(new MemoryStore(InstantSource.system()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 1)
    void itAgreesWithTheModel(long seed) {
        new SeededHistory(seed, STEPS).compare(model(), Side.thatCannotReopen(TestKeyspace.alone()));
    }

    /** Every fifth conditional write fails, and half of those have been made. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 6)
    void lostAnswersAreSettledAndNeverGuessed(long seed) {
        var random = new Random(seed);
        Cql lossy = TestKeyspace.cql()
                .with(() -> random.nextInt(5) > 0 ? Loss.NOTHING : random.nextBoolean() ? Loss.REQUEST : Loss.ANSWER);
        var store = CassandraStore.on(lossy, TestKeyspace.options(), InstantSource.system(), FailPoints.NONE);
        new SeededHistory(seed, STEPS)
                .compare(model(), Side.thatCannotReopen(new Shifted(store, TestKeyspace.newShift())));
    }

    /** Transactions of the dead are late soon, so that the living need not wait long for what they hold. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {3, 4})
    void serversThatDieInTheMiddleAgreeWithTheModel(long seed) {
        CassandraOptions given = TestKeyspace.options();
        CassandraOptions options = given.waiting(given.requestTimeout(), given.patience(), Duration.ofMillis(100));
        var servers = new DyingServers(options, seed, 30);
        new SeededHistory(seed, STEPS).compare(model(), Side.thatCannotReopen(servers));
        assertThat(servers.died()).isPositive();
    }
}
