package io.gramme.tables.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.catalog.Fields;
import java.time.Duration;
import java.util.List;

/** The encoding of logs, ended streams and closed subscriptions in the catalog. */
final class LogCodec {
    private static final String CLOSING = "CLOSING";

    private LogCodec() {}

    /** Partitions are stored as the shards of the log: logs once had shards of their own. */
    static Fields fields(TableLog log, PartitionMap partitions) {
        return new Fields()
                .put("Store", log.tablespace().number())
                .put("Before", log.images().before())
                .put("After", log.images().after())
                .put("Closing", log.closing())
                .put("Since", log.since())
                .putAll("Shards", fields(partitions))
                .putAll(
                        "Followings",
                        log.subscriptions().stream().map(LogCodec::fields).toList());
    }

    static TableLog log(Fields fields) {
        return new TableLog(
                new TablespaceId(fields.number("Store")),
                new TableLog.Images(fields.flag("Before"), fields.flag("After")),
                fields.flag("Closing"),
                // Rows of logs that had shards of their own lack this field.
                fields.optional("Since", Fields::number)
                        .orElseGet(() -> partitions(fields.all("Shards")).all().stream()
                                .mapToLong(Partition::since)
                                .min()
                                .orElse(0)),
                // Rows older than subscriptions lack this field.
                fields.optional("Followings", Fields::all).orElse(List.of()).stream()
                        .map(LogCodec::subscription)
                        .toList());
    }

    static PartitionMap partitions(List<Fields> stored) {
        return new PartitionMap(stored.stream().map(LogCodec::partition).toList());
    }

    static List<Fields> fields(PartitionMap partitions) {
        return partitions.all().stream().map(LogCodec::fields).toList();
    }

    private static Fields fields(Subscription subscription) {
        return new Fields()
                .put("Name", subscription.name())
                .put("Before", subscription.needs().images().before())
                .put("After", subscription.needs().images().after())
                .put("Retention", subscription.needs().retention().toSeconds())
                .put("Status", subscription.status().name())
                .put("Since", subscription.since());
    }

    private static Subscription subscription(Fields fields) {
        return new Subscription(
                fields.text("Name"),
                new Subscription.Needs(
                        new TableLog.Images(fields.flag("Before"), fields.flag("After")),
                        // Rows older than needs lack these fields.
                        fields.optional("Retention", Fields::number)
                                .map(Duration::ofSeconds)
                                .orElse(Subscription.RETENTION)),
                Subscription.Status.valueOf(fields.text("Status")),
                fields.number("Since"));
    }

    private static Fields fields(Partition partition) {
        var fields = new Fields()
                .put("Number", partition.id())
                .put("First", partition.first())
                .put("Last", partition.last())
                .put("Since", partition.since())
                // SPLITTING was CLOSING when logs had shards of their own.
                .put(
                        "State",
                        partition.state() == Partition.State.SPLITTING
                                ? CLOSING
                                : partition.state().name());
        partition.parent().ifPresent(parent -> fields.put("Parent", parent));
        partition.until().ifPresent(until -> fields.put("Until", until));
        return fields;
    }

    private static Partition partition(Fields fields) {
        String state = fields.text("State");
        return new Partition(
                Math.toIntExact(fields.number("Number")),
                fields.number("First"),
                fields.number("Last"),
                fields.optional("Parent", Fields::number).map(Math::toIntExact),
                fields.number("Since"),
                state.equals(CLOSING) ? Partition.State.SPLITTING : Partition.State.valueOf(state),
                fields.optional("Until", Fields::number));
    }

    static Bytes encode(ClosedSubscription past) {
        return ItemCodec.encode(new Fields()
                .put("Account", past.table().accountRegion().account())
                .put("Region", past.table().accountRegion().region())
                .put("Table", past.table().name())
                .put("TableId", past.tableId())
                .put("Following", fields(past.subscription()))
                .put("Log", fields(past.log(), past.partitions()))
                .put("Until", past.until())
                .put("Ended", past.ended())
                .toItem());
    }

    static ClosedSubscription decodeSubscription(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new ClosedSubscription(
                new TableName(new AccountRegion(fields.text("Account"), fields.text("Region")), fields.text("Table")),
                fields.text("TableId"),
                subscription(fields.inner("Following")),
                log(fields.inner("Log")),
                partitions(fields.inner("Log").all("Shards")),
                fields.number("Until"),
                fields.time("Ended"));
    }

    static Bytes encode(PastStream past) {
        return ItemCodec.encode(new Fields()
                .put("Account", past.table().accountRegion().account())
                .put("Region", past.table().accountRegion().region())
                .put("Table", past.table().name())
                .put("Key", TableCodec.fields(past.key()))
                .put("Stream", TableCodec.fields(past.stream()))
                .put("Log", fields(past.log(), past.partitions()))
                .put("Until", past.until())
                .put("Ended", past.ended())
                .toItem());
    }

    static PastStream decode(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new PastStream(
                new TableName(new AccountRegion(fields.text("Account"), fields.text("Region")), fields.text("Table")),
                TableCodec.keySchema(fields.inner("Key")),
                TableCodec.stream(fields.inner("Stream")),
                log(fields.inner("Log")),
                partitions(fields.inner("Log").all("Shards")),
                fields.number("Until"),
                fields.time("Ended"));
    }
}
