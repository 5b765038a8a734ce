package io.gramme.server.operation;

import io.gramme.api.CapacityLeft;
import io.gramme.api.DescribePartitionsInput;
import io.gramme.api.DescribePartitionsOutput;
import io.gramme.api.PartitionDescription;
import io.gramme.api.ThrottleEvent;
import io.gramme.api.ThroughputModeName;
import io.gramme.core.error.TableErrors;
import io.gramme.core.error.ThrottlingReason;
import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.capacity.Allowance;
import io.gramme.tables.capacity.Meter;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.Units.Kind;
import io.gramme.tables.partition.Heat;
import io.gramme.tables.partition.TableHeat;
import io.gramme.tables.table.Capacity;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableStatistics.Size;
import io.gramme.tables.table.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Gramme extension: shows what a table or a global index consumes, and each of its partitions, in the order of their ids.
 * A page has a limited number of partitions; what concerns the whole table is on each page.
 */
public final class DescribePartitions implements Handler<DescribePartitionsInput, DescribePartitionsOutput> {
    private static final int MOST = 100;

    private final Tables tables;
    private final Meters meters;
    private final Heat heat;

    public DescribePartitions(Tables tables, Meters meters, Heat heat) {
        this.tables = tables;
        this.meters = meters;
        this.heat = heat;
    }

    /** What is shown: a table, or one of its global indexes. */
    private record Subject(
            Table table,
            Optional<SecondaryIndex> index,
            TablespaceId tablespace,
            PartitionMap partitions,
            Capacity capacity,
            Function<Partition, Size> sizes) {}

    @Override
    public DescribePartitionsOutput handle(DescribePartitionsInput request, RequestContext context) {
        Table table = tables.describe(context.accountRegion(), request.tableName());
        Subject subject = subject(table, request.indexName());
        TableHeat known = heat.of(subject.tablespace);
        int after = request.exclusiveStartPartitionId().orElse(-1);
        List<Partition> rest = subject.partitions.all().stream()
                .filter(partition -> partition.id() > after)
                .toList();
        List<Partition> page =
                rest.subList(0, Math.min(rest.size(), request.limit().orElse(MOST)));
        List<PartitionDescription> shown = page.stream()
                .map(partition -> PartitionDescriptions.of(partition, known.of(partition), size(subject, partition)))
                .toList();
        return DescribePartitionsOutput.builder()
                .tableName(table.name())
                .indexName(request.indexName())
                .throughputMode(ThroughputModeName.valueOf(meters.mode(table).name()))
                .lastSecond(PartitionDescriptions.units(known.use().second(), 1))
                .lastMinute(PartitionDescriptions.units(known.use().minute(), PartitionDescriptions.MINUTE))
                .throttledReads(known.use().refusedReads())
                .throttledWrites(known.use().refusedWrites())
                .throttleEvents(throttleEvents(subject))
                .readCapacity(left(subject, Kind.READ))
                .writeCapacity(left(subject, Kind.WRITE))
                .warmThroughput(PartitionDescriptions.units(subject.capacity.warm()))
                .openPartitions((long) subject.partitions.open().size())
                .partitions(shown)
                .lastEvaluatedPartitionId(
                        page.size() < rest.size() ? Optional.of(page.getLast().id()) : Optional.empty())
                .build();
    }

    private Subject subject(Table table, Optional<String> indexName) {
        if (indexName.isEmpty()) {
            return new Subject(
                    table,
                    Optional.empty(),
                    table.tablespace(),
                    table.partitions(),
                    table.capacity(),
                    partition -> tables.statistics().of(table, partition));
        }
        SecondaryIndex index = table.index(indexName.get())
                .filter(found -> !found.isLocal())
                .orElseThrow(() -> TableErrors.indexNotFound(indexName.get(), table.name()));
        return new Subject(
                table,
                Optional.of(index),
                index.tablespace(),
                index.partitions(),
                index.capacity(),
                partition -> tables.statistics().of(index, partition));
    }

    /** Only open partitions are counted: when one is split, its children get its count. */
    private static Optional<Size> size(Subject subject, Partition partition) {
        return partition.isOpen() ? Optional.of(subject.sizes.apply(partition)) : Optional.empty();
    }

    /** The refusals of this server since it started, by their reasons. */
    private List<ThrottleEvent> throttleEvents(Subject subject) {
        var events = new ArrayList<ThrottleEvent>();
        Optional<Meter> meter = meters.find(subject.tablespace);
        for (Kind kind : Kind.values()) {
            for (Cause cause : Cause.values()) {
                long count = meter.map(found -> found.refused(kind, cause)).orElse(0L);
                if (count > 0) {
                    var reason = new ThrottlingReason(subject.index.isPresent(), kind == Kind.WRITE, cause, "");
                    events.add(ThrottleEvent.builder()
                            .reason(reason.reason())
                            .count(count)
                            .build());
                }
            }
        }
        return events;
    }

    private Optional<CapacityLeft> left(Subject subject, Kind kind) {
        Allowance allowance = meters.allowance(subject.table, subject.index, kind);
        return allowance
                .rate()
                .map(rate -> CapacityLeft.builder()
                        .unitsPerSecond(rate)
                        .unitsLeft(allowance.left())
                        .build());
    }
}
