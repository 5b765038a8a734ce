package io.gramme.tables.table;

import io.gramme.core.index.Index;
import io.gramme.core.index.IndexProjection;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.LogPosition;
import io.gramme.storage.TablespaceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;

/** Tables to try things on. */
public final class Samples {
    public static final AccountRegion REGION = new AccountRegion("000000000000", "us-east-1");
    public static final Instant START = Instant.parse("2026-11-23T10:00:00.123Z");
    public static final RandomIds IDS = new RandomIds(new SplittableRandom(1));
    static final KeyAttribute PK = new KeyAttribute("pk", Value.Type.S);
    static final KeyAttribute SK = new KeyAttribute("sk", Value.Type.N);
    static final KeyAttribute A = new KeyAttribute("a", Value.Type.S);
    static final KeyAttribute B = new KeyAttribute("b", Value.Type.B);
    static final KeySchema KEY = new KeySchema(List.of(PK), List.of(SK));

    private Samples() {}

    /** A table on demand, as it is when it has just been asked for. */
    public static Table table(Tables tables, String name) {
        return new Table(
                REGION,
                name,
                IDS.next(),
                tables.newTablespace(),
                tables.now(),
                Table.Status.CREATING,
                tables.now(),
                List.of(PK, SK),
                KEY,
                List.of(),
                PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1),
                Billing.onDemandSince(tables.now()),
                Capacity.ON_DEMAND,
                Settings.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** An index on {@code a}, as it is when it has just been asked for. */
    static SecondaryIndex globalIndex(String name, TablespaceId tablespace, Optional<Boolean> backfilling) {
        return new SecondaryIndex(
                new Index(
                        name, Index.Scope.GLOBAL, new KeySchema(List.of(A), List.of()), KEY, new IndexProjection.All()),
                new IndexLocation.Global(tablespace, PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 1)),
                SecondaryIndex.Status.CREATING,
                backfilling,
                Capacity.ON_DEMAND);
    }

    static SecondaryIndex localIndex(String name, int ordinal) {
        return new SecondaryIndex(
                new Index(
                        name,
                        Index.Scope.LOCAL,
                        new KeySchema(List.of(PK), List.of(B)),
                        KEY,
                        new IndexProjection.Include(List.of("x", "y"))),
                new IndexLocation.Local(ordinal),
                SecondaryIndex.Status.ACTIVE,
                Optional.empty(),
                Capacity.ON_DEMAND);
    }

    private static Insights insights() {
        return new Insights(
                Insights.Mode.THROTTLED_KEYS, Insights.Status.FAILED, START.plusMillis(9), START.plusMillis(10), true);
    }

    /** A table of which every field says something. */
    static Table elaborate() {
        var capacity = new Capacity(
                new Throughput(5, 6),
                Optional.of(new Throughput(7, 4)),
                Optional.of(START.plusMillis(1)),
                List.of(START.plusMillis(2), START.plusMillis(3)),
                new OnDemandMaxima(OptionalLong.of(10), OptionalLong.empty()),
                new Throughput(100, 200),
                Optional.of(new Throughput(300, 400)));
        var settings = new Settings(
                true,
                Optional.of(new Settings.ClassChoice(Settings.TableClass.STANDARD_INFREQUENT_ACCESS, List.of(START))),
                Optional.of(new Settings.Encryption("arn:aws:kms:us-east-1:000000000000:key/mine", true)),
                List.of(START, START.plusMillis(4)),
                Optional.of(new Settings.Stream(
                        Settings.Stream.Status.DISABLING, Settings.View.KEYS_ONLY, "2026-11-23T10:00:00.123", 11)),
                Map.of("team", "blue", "empty", ""),
                List.of(
                        new KinesisDestination(
                                "arn:aws:kinesis:us-east-1:000000000000:stream/one",
                                "kinesis/1/arn:aws:kinesis:us-east-1:000000000000:stream/one",
                                KinesisDestination.Status.UPDATING,
                                Optional.empty(),
                                Optional.of(KinesisDestination.Precision.MICROSECOND),
                                List.of(START.plusMillis(5), START.plusMillis(6)),
                                START.plusMillis(7)),
                        new KinesisDestination(
                                "other",
                                "kinesis/2/other",
                                KinesisDestination.Status.ENABLE_FAILED,
                                Optional.of("because"),
                                Optional.empty(),
                                List.of(),
                                START.plusMillis(8))),
                Map.of(new TablespaceId(5), insights()),
                ResourcePolicies.NONE
                        .with("", new ResourcePolicies.Entry(Optional.of("{}"), "1", START.plusMillis(11)))
                        .with("label", new ResourcePolicies.Entry(Optional.empty(), "2", START.plusMillis(12))));
        return new Table(
                REGION,
                "elaborate",
                "f4a5c6b0-0000-4000-8000-000000000001",
                new TablespaceId(7),
                START,
                Table.Status.UPDATING,
                START.plusSeconds(1),
                List.of(PK, SK, A, B),
                KEY,
                List.of(
                        localIndex("local", 0),
                        globalIndex("global", new TablespaceId(8), Optional.of(true))
                                .with(capacity)),
                halved(PartitionMap.create(Throughput.INITIAL_ON_DEMAND, 12), 2, 13),
                new Billing(Billing.Mode.PROVISIONED, List.of(START)),
                capacity,
                settings,
                Optional.of(new TableLog(
                        new TablespaceId(9),
                        new TableLog.Images(true, false),
                        true,
                        12,
                        List.of(Subscription.start(
                                "somebody", new Subscription.Needs(TableLog.Images.BOTH, Duration.ofDays(35)))))),
                Optional.of(new TimeToLive(
                        "expires", new TablespaceId(14), TimeToLive.Status.FILLING, START.plusSeconds(2))),
                Optional.of(history()),
                Optional.of(load()),
                Optional.empty(),
                Optional.empty());
    }

    private static TableHistory history() {
        return new TableHistory(List.of(
                new TableHistory.Keeper("recovery", Duration.ofDays(35), 0),
                new TableHistory.Keeper("backup/1", Duration.ofDays(7), 17)));
    }

    private static TableLoad load() {
        return new TableLoad(
                "job",
                Optional.of(new TableLoad.Restore(
                        Optional.of("backup arn"),
                        new TableName(REGION, "source"),
                        "f4a5c6b0-0000-4000-8000-000000000002",
                        LogPosition.behind(16),
                        START,
                        Optional.of("folder"))));
    }

    private static PartitionMap halved(PartitionMap map, int id, long version) {
        return map.split(id, map.find(id).orElseThrow().middle(), version);
    }
}
