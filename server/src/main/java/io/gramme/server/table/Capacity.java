package io.gramme.server.table;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/**
 * What a table or a global index may consume.
 *
 * @param throughput provisioned now; {@link Throughput#ON_DEMAND} where the table is on demand
 * @param next provisioned from the end of the update under way on
 * @param increased when either unit was last raised
 * @param decreases when either unit was lowered, at most {@link #REMEMBERED} times, the newest last
 * @param warm what the client asked to keep warm, where it did
 */
public record Capacity(
        Throughput throughput,
        Optional<Throughput> next,
        Optional<Instant> increased,
        List<Instant> decreases,
        OnDemandMaxima maxima,
        Optional<Throughput> warm) {

    /** As many as a day can hold: four, and one more in each of its other hours. */
    static final int REMEMBERED = 27;

    static final int FREE_DECREASES = 4;
    static final Duration DECREASE_INTERVAL = Duration.ofHours(1);

    public static final Capacity ON_DEMAND = provisioned(Throughput.ON_DEMAND);

    public Capacity {
        int forgotten = Math.max(0, decreases.size() - REMEMBERED);
        decreases = List.copyOf(decreases.subList(forgotten, decreases.size()));
    }

    public static Capacity provisioned(Throughput throughput) {
        return new Capacity(
                throughput, Optional.empty(), Optional.empty(), List.of(), OnDemandMaxima.NONE, Optional.empty());
    }

    /** The capacity at the end of the update under way. */
    Capacity settled() {
        return new Capacity(next.orElse(throughput), Optional.empty(), increased, decreases, maxima, warm);
    }

    Optional<Instant> lastDecrease() {
        return decreases.isEmpty() ? Optional.empty() : Optional.of(decreases.getLast());
    }

    /** The number of decreases on the day of {@code now}, which is a day of UTC. */
    int decreasesOn(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return (int) decreases.stream()
                .filter(at -> LocalDate.ofInstant(at, ZoneOffset.UTC).equals(today))
                .count();
    }

    /** Whether the service allows one more decrease: four in a day, and more of them an hour apart. */
    boolean mayDecrease(Instant now) {
        return decreasesOn(now) < FREE_DECREASES
                || lastDecrease()
                        .map(last -> !now.isBefore(last.plus(DECREASE_INTERVAL)))
                        .orElse(true);
    }
}
