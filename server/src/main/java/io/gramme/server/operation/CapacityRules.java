package io.gramme.server.operation;

import io.gramme.api.OnDemandThroughput;
import io.gramme.api.ProvisionedThroughput;
import io.gramme.api.WarmThroughput;
import io.gramme.core.error.CapacityErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.OnDemandMaxima;
import io.gramme.tables.table.Throughput;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The service's validation rules for capacity settings of one table or of one of its indexes.
 *
 * @param index the index, or none for the table itself
 */
record CapacityRules(Optional<String> index, String region) {
    /** The default quota of an account, for one table and for one index. */
    static final long MOST_UNITS = Throughput.QUOTA.readUnits();

    /** The upper limit for every account; the service checks it before any quota. */
    private static final long BOUND = 1_000_000_000_000L;

    private static final String READ_UNITS = "ReadCapacityUnits";
    private static final String WRITE_UNITS = "WriteCapacityUnits";

    private static final long REMOVED = -1;

    private static final String READ_MAXIMUM = "MaxReadRequestUnits";
    private static final String WRITE_MAXIMUM = "MaxWriteRequestUnits";
    private static final String READ_WARM = "ReadUnitsPerSecond";
    private static final String WRITE_WARM = "WriteUnitsPerSecond";
    private static final String READ_QUOTA = "TableMaxReadCapacityUnits";
    private static final String WRITE_QUOTA = "TableMaxWriteCapacityUnits";

    /** The capacity settings in a request, of all kinds. */
    record Asked(
            Optional<ProvisionedThroughput> throughput,
            Optional<OnDemandThroughput> maxima,
            Optional<WarmThroughput> warm) {}

    static CapacityRules table(AccountRegion accountRegion) {
        return new CapacityRules(Optional.empty(), accountRegion.region());
    }

    static CapacityRules index(String name, AccountRegion accountRegion) {
        return new CapacityRules(Optional.of(name), accountRegion.region());
    }

    void requireInBounds(Optional<ProvisionedThroughput> given) {
        given.ifPresent(throughput -> {
            requireInBounds(READ_UNITS, throughput.readCapacityUnits());
            requireInBounds(WRITE_UNITS, throughput.writeCapacityUnits());
        });
    }

    private void requireInBounds(String unit, long requested) {
        if (requested > BOUND) {
            throw CapacityErrors.throughputOutOfBounds(unit, index, requested);
        }
    }

    /** The capacity of a new table or index. The caller has checked whether throughput must or must not be given. */
    Capacity ofNew(Asked asked) {
        if (asked.throughput.isEmpty()) {
            Capacity capacity = Capacity.ON_DEMAND.with(maximaOfNew(asked.maxima));
            return asked.warm
                    .map(warm -> capacity.withNextWarm(warmOfNew(warm)))
                    .orElse(capacity);
        }
        requireNoMaxima(asked.maxima);
        Throughput throughput = units(asked.throughput.get());
        Capacity capacity = Capacity.provisioned(throughput);
        return asked.warm
                .map(warm -> capacity.withNextWarm(warmOfNew(warm, throughput)))
                .orElse(capacity);
    }

    /** Checks the quotas of a new table or index. These checks come after all others. */
    void requireWithinQuotas(Asked asked) {
        asked.throughput.ifPresent(this::requireWithinQuota);
        asked.maxima.ifPresent(maxima -> {
            maxima.maxReadRequestUnits().ifPresent(units -> requireMaximum(READ_MAXIMUM, READ_QUOTA, units));
            maxima.maxWriteRequestUnits().ifPresent(units -> requireMaximum(WRITE_MAXIMUM, WRITE_QUOTA, units));
        });
        asked.warm.ifPresent(this::requireWithinQuota);
    }

    private void requireNoMaxima(Optional<OnDemandThroughput> maxima) {
        firstUnit(maxima).ifPresent(unit -> {
            throw CapacityErrors.maximumOfProvisionedTable(unit, index);
        });
    }

    /** Rejects on-demand maxima of a provisioned table in an update. */
    void requireNoMaximaInUpdate(Optional<OnDemandThroughput> maxima) {
        firstUnit(maxima).ifPresent(unit -> {
            throw CapacityErrors.maximumOfProvisionedTableInUpdate(unit, index);
        });
    }

    private static Optional<String> firstUnit(Optional<OnDemandThroughput> maxima) {
        return maxima.flatMap(given -> given.maxReadRequestUnits()
                .map(_ -> READ_MAXIMUM)
                .or(() -> given.maxWriteRequestUnits().map(_ -> WRITE_MAXIMUM)));
    }

    /** The given throughput, checked against the quota. */
    Throughput throughput(ProvisionedThroughput given) {
        requireWithinQuota(given);
        return units(given);
    }

    private static Throughput units(ProvisionedThroughput given) {
        return new Throughput(given.readCapacityUnits(), given.writeCapacityUnits());
    }

    private void requireWithinQuota(ProvisionedThroughput given) {
        requireAtMost(READ_UNITS, given.readCapacityUnits());
        requireAtMost(WRITE_UNITS, given.writeCapacityUnits());
    }

    private void requireAtMost(String unit, long requested) {
        if (requested > MOST_UNITS) {
            throw CapacityErrors.throughputAboveMaximum(unit, index, requested, MOST_UNITS, region);
        }
    }

    /** The capacity with a change to another throughput under way. */
    Capacity withThroughput(Capacity capacity, ProvisionedThroughput given, Instant now) {
        Throughput asked = throughput(given);
        Throughput current = capacity.throughput();
        if (asked.equals(current)) {
            throw CapacityErrors.throughputUnchanged(index, current.readUnits(), current.writeUnits());
        }
        Instant allowed = capacity.nextDecrease(now);
        if (current.exceedsSomewhere(asked) && now.isBefore(allowed)) {
            throw CapacityErrors.tooManyDecreases(
                    capacity.decreasesOn(now), capacity.lastDecrease().orElseThrow(), allowed);
        }
        return capacity.withNext(asked);
    }

    private OnDemandMaxima maximaOfNew(Optional<OnDemandThroughput> given) {
        return given.map(maxima -> new OnDemandMaxima(
                        maximumOfNew(READ_MAXIMUM, maxima.maxReadRequestUnits()),
                        maximumOfNew(WRITE_MAXIMUM, maxima.maxWriteRequestUnits())))
                .orElse(OnDemandMaxima.NONE);
    }

    private OptionalLong maximumOfNew(String unit, Optional<Long> given) {
        return given.isEmpty() ? OptionalLong.empty() : OptionalLong.of(requirePositive(unit, given.get()));
    }

    /** Merges the maxima member by member: an absent member keeps its value, and -1 removes a bound. */
    Capacity withMaxima(Capacity capacity, OnDemandThroughput given) {
        OnDemandMaxima old = capacity.maxima();
        return capacity.with(new OnDemandMaxima(
                merged(READ_MAXIMUM, READ_QUOTA, given.maxReadRequestUnits(), old.readUnits()),
                merged(WRITE_MAXIMUM, WRITE_QUOTA, given.maxWriteRequestUnits(), old.writeUnits())));
    }

    private OptionalLong merged(String unit, String quota, Optional<Long> given, OptionalLong old) {
        if (given.isEmpty()) {
            return old;
        }
        if (given.get() == REMOVED) {
            return OptionalLong.empty();
        }
        long units = requirePositive(unit, given.get());
        requireMaximum(unit, quota, units);
        return OptionalLong.of(units);
    }

    private long requirePositive(String unit, long value) {
        if (value < 1) {
            throw CapacityErrors.maximumOutOfRange(unit, index);
        }
        return value;
    }

    private void requireMaximum(String unit, String quota, long value) {
        if (value > MOST_UNITS) {
            throw CapacityErrors.maximumAboveQuota(unit, index, quota, region);
        }
    }

    private Throughput warmOfNew(WarmThroughput given) {
        Throughput warm = merged(given, Throughput.INITIAL_ON_DEMAND);
        if (warm.readUnits() < Throughput.INITIAL_ON_DEMAND.readUnits()) {
            throw CapacityErrors.warmBelowInitial(READ_WARM, index);
        }
        if (warm.writeUnits() < Throughput.INITIAL_ON_DEMAND.writeUnits()) {
            throw CapacityErrors.warmBelowInitial(WRITE_WARM, index);
        }
        return warm;
    }

    private Throughput warmOfNew(WarmThroughput given, Throughput provisioned) {
        Throughput warm = merged(given, provisioned);
        if (warm.readUnits() < provisioned.readUnits()) {
            throw CapacityErrors.warmBelowProvisioned(READ_WARM, index, READ_UNITS);
        }
        if (warm.writeUnits() < provisioned.writeUnits()) {
            throw CapacityErrors.warmBelowProvisioned(WRITE_WARM, index, WRITE_UNITS);
        }
        return warm;
    }

    /** The capacity with a change to another warm throughput under way; warm throughput never decreases. */
    Capacity withWarm(Capacity capacity, WarmThroughput given) {
        Throughput old = capacity.warm();
        Throughput warm = merged(given, old);
        if (warm.readUnits() < old.readUnits()) {
            throw CapacityErrors.warmDecreased(READ_WARM, index);
        }
        if (warm.writeUnits() < old.writeUnits()) {
            throw CapacityErrors.warmDecreased(WRITE_WARM, index);
        }
        requireWithinQuota(given);
        return capacity.withNextWarm(warm);
    }

    private void requireWithinQuota(WarmThroughput given) {
        requireWarmAtMost(READ_WARM, READ_QUOTA, given.readUnitsPerSecond());
        requireWarmAtMost(WRITE_WARM, WRITE_QUOTA, given.writeUnitsPerSecond());
    }

    private static Throughput merged(WarmThroughput given, Throughput otherwise) {
        return new Throughput(
                given.readUnitsPerSecond().orElse(otherwise.readUnits()),
                given.writeUnitsPerSecond().orElse(otherwise.writeUnits()));
    }

    private void requireWarmAtMost(String unit, String quota, Optional<Long> given) {
        if (given.orElse(0L) > MOST_UNITS) {
            throw CapacityErrors.warmAboveQuota(unit, index, quota, region);
        }
    }
}
