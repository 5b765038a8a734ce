package io.gramme.scaling;

import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.Meter;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * The minutes of consumption that policies look at, stored by each server at the end of each minute: what its meters
 * counted of the tables and indexes that have a policy. Every server of a store runs this pass, without a lease.
 *
 * <p>A server that begins to count a target in the middle of a minute stores nothing for that minute.
 */
final class ConsumptionLog implements Consumed, BackgroundJob.Pass {
    /** More than policies look at. */
    static final Duration KEPT = Duration.ofHours(1);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final ScalingRows rows;
    private final MinuteRows minutes;
    private final Tables tables;
    private final Meters meters;
    private final MillisecondClock clock;
    private final String server;

    /** What a meter had counted at a time. */
    private record Sample(TablespaceId incarnation, Instant at, long halfUnits) {}

    private Map<TargetId, Sample> samples = Map.of();

    /** @param server tells the servers of a store apart, and this process from earlier ones */
    ConsumptionLog(
            ScalingRows rows, MinuteRows minutes, Tables tables, Meters meters, MillisecondClock clock, String server) {
        this.rows = rows;
        this.minutes = minutes;
        this.tables = tables;
        this.meters = meters;
        this.clock = clock;
        this.server = server;
    }

    @Override
    public Duration run() {
        Instant end = clock.instant().truncatedTo(ChronoUnit.MINUTES);
        var newer = new HashMap<TargetId, Sample>();
        for (ScalingPolicy policy : rows.allPolicies()) {
            TargetId id = policy.id();
            tables.find(id.tableName())
                    .flatMap(table -> sample(id, table, end))
                    .ifPresent(sample -> newer.put(id, sample));
        }
        var counted = new ArrayList<MinuteRows.Counted>();
        newer.forEach((id, sample) ->
                counted(id, Optional.ofNullable(samples.get(id)), sample).ifPresent(counted::add));
        minutes.put(counted, server);
        samples = newer;
        return Duration.between(clock.instant(), end.plus(MINUTE)).plusMillis(1);
    }

    private Optional<Sample> sample(TargetId id, Table table, Instant at) {
        if (id.index().isEmpty()) {
            return Optional.of(sample(id, table.tablespace(), meters.of(table), at));
        }
        return globalIndex(id, table).map(index -> sample(id, index.tablespace(), meters.of(index), at));
    }

    private static Sample sample(TargetId id, TablespaceId incarnation, Meter meter, Instant at) {
        return new Sample(incarnation, at, meter.consumed(id.unit()));
    }

    private static Optional<SecondaryIndex> globalIndex(TargetId id, Table table) {
        return id.index().flatMap(table::index).filter(index -> !index.isLocal());
    }

    /** What was counted between two samples; empty if they are not of the begin and the end of a minute. */
    private static Optional<MinuteRows.Counted> counted(TargetId id, Optional<Sample> before, Sample after) {
        Instant minute = after.at().minus(MINUTE);
        return before.filter(sample -> sample.incarnation().equals(after.incarnation())
                        && sample.at().equals(minute))
                .map(sample -> {
                    // A meter that was forgotten and made anew counts from 0.
                    long halfUnits = Math.max(0, after.halfUnits() - sample.halfUnits());
                    return new MinuteRows.Counted(id, after.incarnation(), minute, halfUnits);
                });
    }

    @Override
    public List<OptionalLong> halfUnits(TargetId target, Table table, Instant end, int count) {
        Optional<TablespaceId> incarnation = target.index().isEmpty()
                ? Optional.of(table.tablespace())
                : globalIndex(target, table).map(SecondaryIndex::tablespace);
        Instant first = end.minus(MINUTE.multipliedBy(count));
        Map<Instant, Long> sums = incarnation
                .map(number -> minutes.sums(target, number, first, end))
                .orElse(Map.of());
        return IntStream.range(0, count)
                .mapToObj(number -> Optional.ofNullable(sums.get(first.plus(MINUTE.multipliedBy(number)))))
                .map(sum -> sum.isPresent() ? OptionalLong.of(sum.get()) : OptionalLong.empty())
                .toList();
    }
}
