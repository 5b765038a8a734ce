package io.gramme.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.scaling.ScalableTarget.Suspended;
import io.gramme.scaling.ScalingActivity.Status;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.RandomIds;
import io.gramme.tables.table.TableOptions;
import io.gramme.tables.table.Tables;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CapacityAdjusterTest {
    private static final Instant NOW = Instant.parse("2027-01-01T00:00:00Z");
    private static final TargetId ID =
            new TargetId(new AccountRegion("000000000000", "us-east-1"), "orders", Optional.empty(), Kind.READ);

    @Test
    void theActivityOfATargetThatIsDeregisteredEnds() {
        InstantSource clock = InstantSource.fixed(NOW);
        try (var store = new MemoryStore(clock)) {
            var activities = new ActivityRows(store);
            var adjuster = new CapacityAdjuster(
                    new ScalingRows(store),
                    activities,
                    new Tables(store, TableOptions.DEFAULT, clock),
                    (_, _, _) -> {},
                    new MillisecondClock(clock),
                    new RandomIds(new SplittableRandom(1)));
            var activity =
                    new ScalingActivity(ID, "uid", "", "", NOW, Optional.empty(), Status.IN_PROGRESS, Optional.empty());
            activities.put(activity);
            adjuster.abandon(new ScalableTarget(
                    ID,
                    "uid",
                    1,
                    10,
                    Suspended.NONE,
                    Map.of(),
                    NOW,
                    false,
                    Optional.of(new ScalableTarget.Change(activity, 5))));
            assertThat(activities.page(ID.owner(), Optional.empty()).rows())
                    .extracting(row -> ScalingCodec.activity(row.value()).status())
                    .containsExactly(Status.OVERRIDDEN);
        }
    }
}
