package io.gramme.tables.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.index.Index;
import io.gramme.core.index.IndexProjection;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.core.key.Blinding;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.LogPosition;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.catalog.Fields;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The encoding of tables in the catalog. The field {@code Format} says which version of the format a row has; a version
 * that this program does not know is rejected, and its row is left unchanged.
 */
public final class TableCodec {
    private static final long FORMAT = 1;

    private TableCodec() {}

    public static Bytes encode(Table table) {
        Fields fields = new Fields()
                .put("Format", FORMAT)
                .put("Account", table.accountRegion().account())
                .put("Region", table.accountRegion().region())
                .put("Name", table.name())
                .put("Id", table.id())
                .put("Store", table.tablespace().number())
                .put("Created", table.created())
                .put("Status", table.status().name())
                .put("Since", table.since())
                .putAll(
                        "Definitions",
                        table.definitions().stream().map(TableCodec::fields).toList())
                .put("Key", fields(table.key()))
                .putAll(
                        "Indexes",
                        table.indexes().stream().map(TableCodec::fields).toList())
                .put("Billing", fields(table.billing()))
                .put("Capacity", fields(table.capacity()))
                .put("Settings", fields(table.settings()));
        // The partitions of a table with a log are stored in the log, as its shards.
        table.log()
                .ifPresentOrElse(
                        log -> fields.put("Log", LogCodec.fields(log, table.partitions())),
                        () -> fields.putAll("Partitions", LogCodec.fields(table.partitions())));
        table.timeToLive().ifPresent(timeToLive -> fields.put("TimeToLive", fields(timeToLive)));
        table.history().ifPresent(history -> fields.put("History", fields(history)));
        table.loading().ifPresent(load -> fields.put("Loading", fields(load)));
        table.blinding().ifPresent(blinding -> fields.put("Blinding", new Value.B(blinding.secret())));
        table.global().ifPresent(group -> fields.put("Global", GlobalTableCodec.fields(group)));
        return ItemCodec.encode(fields.toItem());
    }

    public static Table decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        if (fields.number("Format") != FORMAT) {
            throw new IllegalStateException("table of an unknown format: format=" + fields.number("Format"));
        }
        KeySchema key = keySchema(fields.inner("Key"));
        return new Table(
                new AccountRegion(fields.text("Account"), fields.text("Region")),
                fields.text("Name"),
                fields.text("Id"),
                new TablespaceId(fields.number("Store")),
                fields.time("Created"),
                Table.Status.valueOf(fields.text("Status")),
                fields.time("Since"),
                keyAttributes(fields, "Definitions"),
                key,
                fields.all("Indexes").stream().map(index -> index(key, index)).toList(),
                partitions(fields),
                billing(fields.inner("Billing")),
                capacity(fields.inner("Capacity")),
                settings(fields.inner("Settings")),
                fields.optional("Log", Fields::inner).map(LogCodec::log),
                fields.optional("TimeToLive", Fields::inner).map(TableCodec::timeToLive),
                fields.optional("History", Fields::inner).map(TableCodec::history),
                fields.optional("Loading", Fields::inner).map(TableCodec::loading),
                fields.optional("Global", Fields::inner).map(GlobalTableCodec::global),
                fields.optional("Blinding", Fields::bytes).map(Blinding::new));
    }

    private static PartitionMap partitions(Fields fields) {
        return fields.optional("Log", Fields::inner)
                .map(log -> log.all("Shards"))
                .or(() -> fields.optional("Partitions", Fields::all))
                .map(LogCodec::partitions)
                // Rows older than partitions have none.
                .orElseGet(() ->
                        PartitionMap.create(capacity(fields.inner("Capacity")).warm(), 0));
    }

    private static Fields fields(KeyAttribute attribute) {
        return new Fields()
                .put("Name", attribute.name())
                .put("Type", attribute.type().name());
    }

    private static List<KeyAttribute> keyAttributes(Fields fields, String name) {
        return fields.all(name).stream()
                .map(one -> new KeyAttribute(one.text("Name"), Value.Type.valueOf(one.text("Type"))))
                .toList();
    }

    static Fields fields(KeySchema key) {
        return new Fields()
                .putAll(
                        "Partition",
                        key.partition().stream().map(TableCodec::fields).toList())
                .putAll("Sort", key.sort().stream().map(TableCodec::fields).toList());
    }

    static KeySchema keySchema(Fields fields) {
        return new KeySchema(keyAttributes(fields, "Partition"), keyAttributes(fields, "Sort"));
    }

    private static Fields fields(SecondaryIndex index) {
        var fields = new Fields()
                .put("Name", index.name())
                .put("Scope", index.index().scope().name())
                .put("Key", fields(index.index().key()))
                .put("Projection", fields(index.index().projection()))
                .put("Place", place(index.location()))
                .putAll("Partitions", LogCodec.fields(index.partitions()))
                .put("Status", index.status().name())
                .put("Capacity", fields(index.capacity()));
        index.backfilling().ifPresent(flag -> fields.put("Backfilling", flag));
        if (index.complete() > 0) {
            fields.put("Complete", index.complete());
        }
        return fields;
    }

    private static long place(IndexLocation location) {
        return switch (location) {
            case IndexLocation.Local(var ordinal) -> ordinal;
            case IndexLocation.Global(var tablespace, var _) -> tablespace.number();
        };
    }

    private static IndexLocation location(Index.Scope scope, Fields fields) {
        long place = fields.number("Place");
        return switch (scope) {
            case LOCAL -> new IndexLocation.Local(Math.toIntExact(place));
            case GLOBAL -> new IndexLocation.Global(new TablespaceId(place), partitions(fields));
        };
    }

    private static SecondaryIndex index(KeySchema tableKey, Fields fields) {
        var scope = Index.Scope.valueOf(fields.text("Scope"));
        return new SecondaryIndex(
                new Index(
                        fields.text("Name"),
                        scope,
                        keySchema(fields.inner("Key")),
                        tableKey,
                        projection(fields.inner("Projection"))),
                location(scope, fields),
                SecondaryIndex.Status.valueOf(fields.text("Status")),
                fields.optional("Backfilling", Fields::flag),
                capacity(fields.inner("Capacity")),
                fields.optional("Complete", Fields::number).orElse(0L));
    }

    private static Fields fields(IndexProjection projection) {
        return switch (projection) {
            case IndexProjection.All() -> new Fields().put("Type", "ALL");
            case IndexProjection.KeysOnly() -> new Fields().put("Type", "KEYS_ONLY");
            case IndexProjection.Include(List<String> names) ->
                new Fields().put("Type", "INCLUDE").putTexts("Names", names);
        };
    }

    private static IndexProjection projection(Fields fields) {
        String type = fields.text("Type");
        return switch (type) {
            case "ALL" -> new IndexProjection.All();
            case "KEYS_ONLY" -> new IndexProjection.KeysOnly();
            case "INCLUDE" -> new IndexProjection.Include(fields.texts("Names"));
            default -> throw new IllegalStateException("projection of an unknown type: type=" + type);
        };
    }

    private static Fields fields(Billing billing) {
        return new Fields().put("Mode", billing.mode().name()).putTimes("BecameOnDemand", billing.becameOnDemand());
    }

    private static Billing billing(Fields fields) {
        return new Billing(Billing.Mode.valueOf(fields.text("Mode")), fields.times("BecameOnDemand"));
    }

    private static Fields fields(Capacity capacity) {
        var fields = new Fields()
                .put("Throughput", fields(capacity.throughput()))
                .putTimes("Decreases", capacity.decreases())
                .put("MaximumReadUnits", capacity.maxima().readUnits())
                .put("MaximumWriteUnits", capacity.maxima().writeUnits())
                .put("Warm", fields(capacity.warm()));
        capacity.next().ifPresent(next -> fields.put("Next", fields(next)));
        capacity.increased().ifPresent(at -> fields.put("Increased", at));
        capacity.nextWarm().ifPresent(warm -> fields.put("NextWarm", fields(warm)));
        return fields;
    }

    private static Capacity capacity(Fields fields) {
        return new Capacity(
                throughput(fields.inner("Throughput")),
                fields.optional("Next", Fields::inner).map(TableCodec::throughput),
                fields.optional("Increased", Fields::time),
                fields.times("Decreases"),
                new OnDemandMaxima(
                        fields.optionalNumber("MaximumReadUnits"), fields.optionalNumber("MaximumWriteUnits")),
                throughput(fields.inner("Warm")),
                fields.optional("NextWarm", Fields::inner).map(TableCodec::throughput));
    }

    private static Fields fields(Throughput throughput) {
        return new Fields().put("ReadUnits", throughput.readUnits()).put("WriteUnits", throughput.writeUnits());
    }

    private static Throughput throughput(Fields fields) {
        return new Throughput(fields.number("ReadUnits"), fields.number("WriteUnits"));
    }

    private static Fields fields(Settings settings) {
        var tags = new Fields();
        settings.tags().forEach(tags::put);
        var fields = new Fields()
                .put("DeletionProtected", settings.deletionProtected())
                .putTimes("KeyChanges", settings.keyChanges())
                .put("Tags", tags);
        settings.tableClass().ifPresent(choice -> fields.put("Class", fields(choice)));
        settings.encryption().ifPresent(encryption -> fields.put("Encryption", fields(encryption)));
        settings.stream().ifPresent(stream -> fields.put("Stream", fields(stream)));
        if (!settings.destinations().isEmpty()) {
            fields.putAll(
                    "KinesisDestinations",
                    settings.destinations().stream().map(TableCodec::fields).toList());
        }
        if (!settings.insights().isEmpty()) {
            fields.putAll("Insights", InsightsCodec.fields(settings.insights()));
        }
        if (!settings.policies().entries().isEmpty()) {
            fields.putAll("ResourcePolicies", ResourcePoliciesCodec.fields(settings.policies()));
        }
        return fields;
    }

    private static Settings settings(Fields fields) {
        Map<String, String> tags = new LinkedHashMap<>();
        Fields stored = fields.inner("Tags");
        stored.values().keySet().forEach(key -> tags.put(key, stored.text(key)));
        return new Settings(
                fields.flag("DeletionProtected"),
                fields.optional("Class", Fields::inner).map(TableCodec::tableClass),
                fields.optional("Encryption", Fields::inner).map(TableCodec::encryption),
                fields.optional("KeyChanges", Fields::times).orElse(List.of()),
                fields.optional("Stream", Fields::inner).map(TableCodec::stream),
                tags,
                fields.optional("KinesisDestinations", Fields::all).orElse(List.of()).stream()
                        .map(TableCodec::kinesisDestination)
                        .toList(),
                InsightsCodec.insights(fields.optional("Insights", Fields::all).orElse(List.of())),
                ResourcePoliciesCodec.policies(
                        fields.optional("ResourcePolicies", Fields::all).orElse(List.of())));
    }

    private static Fields fields(KinesisDestination destination) {
        var fields = new Fields()
                .put("StreamArn", destination.streamArn())
                .put("Following", destination.subscription())
                .put("Status", destination.status().name())
                .putTimes("Updates", destination.updates())
                .put("Since", destination.since());
        destination.failure().ifPresent(failure -> fields.put("Failure", failure));
        destination.precision().ifPresent(precision -> fields.put("Precision", precision.name()));
        return fields;
    }

    private static KinesisDestination kinesisDestination(Fields fields) {
        return new KinesisDestination(
                fields.text("StreamArn"),
                fields.text("Following"),
                KinesisDestination.Status.valueOf(fields.text("Status")),
                fields.optional("Failure", Fields::text),
                fields.optional("Precision", Fields::text).map(KinesisDestination.Precision::valueOf),
                fields.times("Updates"),
                fields.time("Since"));
    }

    private static Fields fields(Settings.ClassChoice choice) {
        return new Fields().put("Class", choice.tableClass().name()).putTimes("Changes", choice.changes());
    }

    private static Settings.ClassChoice tableClass(Fields fields) {
        return new Settings.ClassChoice(
                Settings.TableClass.valueOf(fields.text("Class")),
                fields.optional("Changes", Fields::times).orElse(List.of()));
    }

    private static Fields fields(Settings.Encryption encryption) {
        var fields = new Fields().put("Key", encryption.keyArn()).put("Changing", encryption.changing());
        encryption.inaccessible().ifPresent(since -> fields.put("Inaccessible", since));
        encryption
                .archival()
                .ifPresent(archival -> fields.put("Archived", archival.time()).put("Backup", archival.backupArn()));
        return fields;
    }

    private static Settings.Encryption encryption(Fields fields) {
        return new Settings.Encryption(
                fields.text("Key"),
                fields.flag("Changing"),
                fields.optional("Inaccessible", Fields::time),
                fields.optional("Archived", Fields::time)
                        .map(time -> new Settings.Archival(time, fields.text("Backup"))));
    }

    static Fields fields(Settings.Stream stream) {
        return new Fields()
                .put("Status", stream.status().name())
                .put("View", stream.view().name())
                .put("Label", stream.label())
                .put("Since", stream.since());
    }

    static Settings.Stream stream(Fields fields) {
        return new Settings.Stream(
                Settings.Stream.Status.valueOf(fields.text("Status")),
                Settings.View.valueOf(fields.text("View")),
                fields.text("Label"),
                fields.number("Since"));
    }

    private static Fields fields(TimeToLive timeToLive) {
        return new Fields()
                .put("Attribute", timeToLive.attribute())
                .put("Place", timeToLive.tablespace().number())
                .put("Status", timeToLive.status().name())
                .put("Changed", timeToLive.changed());
    }

    private static TimeToLive timeToLive(Fields fields) {
        return new TimeToLive(
                fields.text("Attribute"),
                new TablespaceId(fields.number("Place")),
                TimeToLive.Status.valueOf(fields.text("Status")),
                fields.time("Changed"));
    }

    private static Fields fields(TableHistory history) {
        return new Fields()
                .putAll(
                        "Keepers",
                        history.keepers().stream()
                                .map(keeper -> new Fields()
                                        .put("Name", keeper.name())
                                        .put("Retention", keeper.retention().toSeconds())
                                        .put("Since", keeper.since()))
                                .toList());
    }

    private static TableHistory history(Fields fields) {
        return new TableHistory(fields.all("Keepers").stream()
                .map(keeper -> new TableHistory.Keeper(
                        keeper.text("Name"), Duration.ofSeconds(keeper.number("Retention")), keeper.number("Since")))
                .toList());
    }

    private static Fields fields(TableLoad load) {
        var fields = new Fields().put("Job", load.job());
        load.restore().ifPresent(restore -> {
            AccountRegion owner = restore.source().accountRegion();
            var source = new Fields()
                    .put("Account", owner.account())
                    .put("Region", owner.region())
                    .put("Table", restore.source().name())
                    .put("TableId", restore.sourceId())
                    .put("Version", restore.position().version())
                    .put("Time", restore.time());
            restore.backupArn().ifPresent(arn -> source.put("Backup", arn));
            restore.folder().ifPresent(folder -> source.put("Folder", folder));
            fields.put("Restore", source);
        });
        return fields;
    }

    private static TableLoad loading(Fields fields) {
        return new TableLoad(
                fields.text("Job"),
                fields.optional("Restore", Fields::inner)
                        .map(source -> new TableLoad.Restore(
                                source.optional("Backup", Fields::text),
                                new TableName(
                                        new AccountRegion(source.text("Account"), source.text("Region")),
                                        source.text("Table")),
                                source.text("TableId"),
                                LogPosition.behind(source.number("Version")),
                                source.time("Time"),
                                source.optional("Folder", Fields::text))));
    }
}
