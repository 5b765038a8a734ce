package io.gramme.server.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.ItemCodec;
import io.gramme.storage.TablespaceId;
import java.util.List;

/** The encoding of logs, ended streams and closed subscriptions in the catalog. */
final class LogCodec {
    private LogCodec() {}

    static Fields fields(TableLog log) {
        return new Fields()
                .put("Store", log.tablespace().number())
                .put("Before", log.images().before())
                .put("After", log.images().after())
                .put("Closing", log.closing())
                .putAll("Shards", log.shards().stream().map(LogCodec::fields).toList())
                .putAll(
                        "Followings",
                        log.followings().stream().map(LogCodec::fields).toList());
    }

    static TableLog log(Fields fields) {
        return new TableLog(
                new TablespaceId(fields.number("Store")),
                new TableLog.Images(fields.flag("Before"), fields.flag("After")),
                fields.flag("Closing"),
                fields.all("Shards").stream().map(LogCodec::shard).toList(),
                // Rows older than subscriptions lack this field.
                fields.optional("Followings", Fields::all).orElse(List.of()).stream()
                        .map(LogCodec::following)
                        .toList());
    }

    private static Fields fields(Subscription following) {
        return new Fields()
                .put("Name", following.name())
                .put("Before", following.wants().before())
                .put("After", following.wants().after())
                .put("Status", following.status().name())
                .put("Since", following.since());
    }

    private static Subscription following(Fields fields) {
        return new Subscription(
                fields.text("Name"),
                new TableLog.Images(fields.flag("Before"), fields.flag("After")),
                Subscription.Status.valueOf(fields.text("Status")),
                fields.number("Since"));
    }

    private static Fields fields(TableLog.Shard shard) {
        var fields = new Fields()
                .put("Number", shard.number())
                .put("First", shard.first())
                .put("Last", shard.last())
                .put("Since", shard.since())
                .put("State", shard.state().name());
        shard.parent().ifPresent(parent -> fields.put("Parent", parent));
        shard.until().ifPresent(until -> fields.put("Until", until));
        return fields;
    }

    private static TableLog.Shard shard(Fields fields) {
        return new TableLog.Shard(
                Math.toIntExact(fields.number("Number")),
                fields.number("First"),
                fields.number("Last"),
                fields.optional("Parent", Fields::number).map(Math::toIntExact),
                fields.number("Since"),
                TableLog.Shard.State.valueOf(fields.text("State")),
                fields.optional("Until", Fields::number));
    }

    static Bytes encode(ClosedSubscription past) {
        return ItemCodec.encode(new Fields()
                .put("Account", past.table().accountRegion().account())
                .put("Region", past.table().accountRegion().region())
                .put("Table", past.table().name())
                .put("TableId", past.tableId())
                .put("Following", fields(past.following()))
                .put("Log", fields(past.log()))
                .put("Until", past.until())
                .put("Ended", past.ended())
                .toItem());
    }

    static ClosedSubscription decodeFollowing(Bytes code) {
        Fields fields = Fields.of(ItemCodec.decode(code));
        return new ClosedSubscription(
                new TableName(new AccountRegion(fields.text("Account"), fields.text("Region")), fields.text("Table")),
                fields.text("TableId"),
                following(fields.inner("Following")),
                log(fields.inner("Log")),
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
                .put("Log", fields(past.log()))
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
                fields.number("Until"),
                fields.time("Ended"));
    }
}
