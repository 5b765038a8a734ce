package io.gramme.tables.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of a table's changes, which feeds its stream and its {@linkplain Subscription subscriptions}. A table with
 * neither has no log.
 *
 * <p>The log has one shard for each partition of its table ({@link PartitionMap}), so that one shard has the changes of
 * an item, in their order. When a partition is split, its children's shards have the later changes of its items.
 *
 * @param tablespace of the records
 * @param images the images in records, besides keys: the union of what the stream and the subscriptions require
 * @param closing whether the log has lost its last consumer, and its writers are about to learn that
 * @param since the version that was current when the log was created: its records have later versions
 * @param subscriptions the subscriptions, the table's stream apart
 */
public record TableLog(
        TablespaceId tablespace, Images images, boolean closing, long since, List<Subscription> subscriptions) {

    /** The images of an item that a record has: before the change, after it, or both. */
    public record Images(boolean before, boolean after) {
        public static final Images BOTH = new Images(true, true);

        Images and(Images others) {
            return new Images(before || others.before, after || others.after);
        }
    }

    public TableLog {
        subscriptions = List.copyOf(subscriptions);
    }

    public static TableLog create(TablespaceId tablespace, Images images, long version) {
        return new TableLog(tablespace, images, false, version, List.of());
    }

    /**
     * The log that a table has from now on, with the images that its stream and its subscriptions require.
     *
     * @param stream the images that the table's stream requires, if it has one
     * @param subscriptions the subscriptions
     * @param newTablespace for a log that does not exist yet
     */
    static Optional<TableLog> asWanted(
            Optional<TableLog> log,
            Optional<Images> stream,
            List<Subscription> subscriptions,
            TablespaceId newTablespace,
            Instant now) {
        Optional<Images> wanted = Stream.concat(
                        stream.stream(),
                        subscriptions.stream()
                                .filter(subscription -> !subscription.isEnding())
                                .map(subscription -> subscription.needs().images()))
                .reduce(Images::and);
        if (wanted.isEmpty()) {
            return log.map(open -> new TableLog(open.tablespace(), open.images(), true, open.since(), subscriptions));
        }
        TableLog open = log.orElseGet(() -> create(newTablespace, wanted.get(), VersionTime.versionAt(now)));
        return Optional.of(new TableLog(open.tablespace(), wanted.get(), false, open.since(), subscriptions));
    }

    /** The subscription of this name. */
    public Optional<Subscription> subscription(String name) {
        return subscriptions.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** The storage partition of the records of a partition's shard. */
    public PartitionKey place(Partition partition) {
        return new PartitionKey(tablespace, Bytes.ofInt(partition.id()));
    }

    public boolean isPending() {
        return closing || subscriptions.stream().anyMatch(Subscription::isPending);
    }

    /**
     * The log once all its writers have its current definition: a STARTING subscription begins after the last record
     * that may lack its images, and an ENDING subscription is gone.
     */
    TableLog settled(long version) {
        return withSubscriptions(subscriptions.stream()
                .filter(subscription -> !subscription.isEnding())
                .map(subscription -> subscription.settled(version))
                .toList());
    }

    /** The log once no writer appends to it any more, for its remaining readers. */
    TableLog closed() {
        return withSubscriptions(List.of());
    }

    private TableLog withSubscriptions(List<Subscription> changed) {
        return new TableLog(tablespace, images, closing, since, changed);
    }
}
