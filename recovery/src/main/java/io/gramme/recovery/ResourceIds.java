package io.gramme.recovery;

import java.time.InstantSource;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** A source of ids of the present time. Safe for use by many threads. */
public final class ResourceIds {
    private final RandomGenerator random;
    private final InstantSource clock;

    /** @param random for the sole use of this source */
    public ResourceIds(RandomGenerator random, InstantSource clock) {
        this.random = random;
        this.clock = clock;
    }

    /** An id that is not taken. It never ends in zeros only: those are ids of system backups. */
    public ResourceId next(Predicate<ResourceId> isTaken) {
        while (true) {
            int tail;
            synchronized (random) {
                tail = random.nextInt();
            }
            ResourceId id = ResourceId.of(clock.instant(), tail == 0 ? 1 : tail);
            if (!isTaken.test(id)) {
                return id;
            }
        }
    }
}
