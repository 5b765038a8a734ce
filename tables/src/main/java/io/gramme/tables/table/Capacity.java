package io.gramme.tables.table;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The capacity settings of a table or of a global index.
 *
 * @param throughput the provisioned throughput; {@link Throughput#ON_DEMAND} where the table is on demand
 * @param next the throughput at the end of the update under way; equal to {@code throughput} while only the billing
 *     mode changes
 * @param increased when either unit was last raised
 * @param decreases when either unit was lowered, at most {@link #REMEMBERED} times, the newest last
 * @param warm the warm throughput: the highest value that was ever provisioned, initially on demand, or requested as
 *     warm
 * @param nextWarm the warm throughput that is being prepared
 */
public record Capacity(
        Throughput throughput,
        Optional<Throughput> next,
        Optional<Instant> increased,
        List<Instant> decreases,
        OnDemandMaxima maxima,
        Throughput warm,
        Optional<Throughput> nextWarm) {

    /** The most decreases that a day allows: four at any time, and one more in each other hour. */
    static final int REMEMBERED = 27;

    static final int FREE_DECREASES = 4;
    static final Duration DECREASE_INTERVAL = Duration.ofHours(1);

    public static final Capacity ON_DEMAND = new Capacity(
            Throughput.ON_DEMAND,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            OnDemandMaxima.NONE,
            Throughput.INITIAL_ON_DEMAND,
            Optional.empty());

    public Capacity {
        int forgotten = Math.max(0, decreases.size() - REMEMBERED);
        decreases = List.copyOf(decreases.subList(forgotten, decreases.size()));
    }

    public static Capacity provisioned(Throughput throughput) {
        return new Capacity(
                throughput,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                OnDemandMaxima.NONE,
                throughput,
                Optional.empty());
    }

    boolean isPending() {
        return next.isPresent() || nextWarm.isPresent();
    }

    /** The capacity at the end of the update under way. */
    Capacity settled(Instant now) {
        Throughput after = next.orElse(throughput);
        boolean raised = after.exceedsSomewhere(throughput);
        boolean lowered = throughput.exceedsSomewhere(after);
        return new Capacity(
                after,
                Optional.empty(),
                raised ? Optional.of(now) : increased,
                lowered ? Stream.concat(decreases.stream(), Stream.of(now)).toList() : decreases,
                maxima,
                warm.max(after).max(nextWarm.orElse(warm)),
                Optional.empty());
    }

    public Capacity withNext(Throughput newThroughput) {
        return new Capacity(throughput, Optional.of(newThroughput), increased, decreases, maxima, warm, nextWarm);
    }

    public Capacity with(OnDemandMaxima newMaxima) {
        return new Capacity(throughput, next, increased, decreases, newMaxima, warm, nextWarm);
    }

    public Capacity withNextWarm(Throughput newWarm) {
        return new Capacity(throughput, next, increased, decreases, maxima, warm, Optional.of(newWarm));
    }

    /** The capacity with a warm throughput that real use has proved; it never falls. */
    public Capacity withProven(Throughput proven) {
        return new Capacity(throughput, next, increased, decreases, maxima, warm.max(proven), nextWarm);
    }

    /** The capacity at the beginning of a change of the billing mode, which drops on-demand maxima either way. */
    public Capacity switchedTo(Throughput newThroughput) {
        boolean onDemand = newThroughput.equals(Throughput.ON_DEMAND);
        return new Capacity(
                newThroughput,
                Optional.of(newThroughput),
                increased,
                decreases,
                OnDemandMaxima.NONE,
                warm,
                onDemand ? Optional.of(warm.max(Throughput.INITIAL_ON_DEMAND)) : nextWarm);
    }

    public Optional<Instant> lastDecrease() {
        return decreases.isEmpty() ? Optional.empty() : Optional.of(decreases.getLast());
    }

    /** The number of decreases on the day of {@code now}, which is a day of UTC. */
    public int decreasesOn(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return (int) decreases.stream()
                .filter(at -> LocalDate.ofInstant(at, ZoneOffset.UTC).equals(today))
                .count();
    }

    /** When the service allows one more decrease: four in a day at any time, and more of them an hour apart. */
    public Instant nextDecrease(Instant now) {
        return decreasesOn(now) < FREE_DECREASES ? now : decreases.getLast().plus(DECREASE_INTERVAL);
    }
}
