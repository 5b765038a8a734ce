package io.gramme.server.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionClock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of a table's changes, which feeds its stream and its {@linkplain Subscription subscriptions}. A table with
 * neither has no log.
 *
 * <p>The log consists of shards, each a range of the hashes of partition keys, so that one shard has the changes of an
 * item, in their order. When a shard is split, its children log the later changes of its items.
 *
 * @param tablespace of the records
 * @param images the images in records, besides keys: the union of what the stream and the subscriptions require
 * @param closing whether the log has lost its last consumer, and its writers are about to learn that
 * @param shards in the order of their numbers; closed ones stay until their records are forgotten
 * @param followings the subscriptions, the table's stream apart
 */
public record TableLog(
        TablespaceId tablespace, Images images, boolean closing, List<Shard> shards, List<Subscription> followings) {
    /** More than the quota of a table's throughput requires. */
    private static final int MOST_FIRST_SHARDS = 64;

    /** The images of an item that a record has: before the change, after it, or both. */
    public record Images(boolean before, boolean after) {
        public static final Images BOTH = new Images(true, true);

        Images and(Images others) {
            return new Images(before || others.before, after || others.after);
        }
    }

    /**
     * The part of a log that has the changes of one hash range.
     *
     * @param first the lowest hash, and {@code last} the highest, as unsigned numbers
     * @param parent the shard that was split to make this one
     * @param since the version that was current when it was opened: its records have later versions
     * @param until the highest version that its records may have, if it has been closed
     */
    public record Shard(
            int number,
            long first,
            long last,
            Optional<Integer> parent,
            long since,
            State state,
            Optional<Long> until) {

        /** What writers do with a shard. */
        public enum State {
            /** Writers append to it. */
            OPEN,
            /** Some writers may still append to it, because they do not know its children yet. */
            CLOSING,
            /** No writer will append to it again. */
            CLOSED
        }

        boolean takes(long hash) {
            return state == State.OPEN
                    && Long.compareUnsigned(first, hash) <= 0
                    && Long.compareUnsigned(hash, last) <= 0;
        }

        Shard closed(long version) {
            return new Shard(number, first, last, parent, since, State.CLOSED, Optional.of(version));
        }
    }

    public TableLog {
        shards = List.copyOf(shards);
        followings = List.copyOf(followings);
    }

    /**
     * A new log, whose first shards divide the hashes evenly.
     *
     * @param partitions of the table: each of them has a shard
     */
    static TableLog create(TablespaceId tablespace, Images images, long version, int partitions) {
        var shards = new ArrayList<Shard>();
        int count = Math.clamp(partitions, 1, MOST_FIRST_SHARDS);
        long width = Long.divideUnsigned(-1L, count);
        for (int i = 0; i < count; i++) {
            long first = i * width;
            long last = i == count - 1 ? -1L : first + width - 1;
            shards.add(new Shard(i, first, last, Optional.empty(), version, Shard.State.OPEN, Optional.empty()));
        }
        return new TableLog(tablespace, images, false, shards, List.of());
    }

    /**
     * The log that a table has from now on, with the images that its stream and its subscriptions require.
     *
     * @param stream the images that the table's stream requires, if it has one
     * @param followings the subscriptions
     * @param newTablespace for a log that does not exist yet
     * @param partitions of the table, for such a log
     */
    static Optional<TableLog> asWanted(
            Optional<TableLog> log,
            Optional<Images> stream,
            List<Subscription> followings,
            TablespaceId newTablespace,
            int partitions,
            Instant now) {
        Optional<Images> wanted = Stream.concat(
                        stream.stream(),
                        followings.stream()
                                .filter(following -> !following.isEnding())
                                .map(Subscription::wants))
                .reduce(Images::and);
        if (wanted.isEmpty()) {
            return log.map(open -> new TableLog(open.tablespace(), open.images(), true, open.shards(), followings));
        }
        TableLog open =
                log.orElseGet(() -> create(newTablespace, wanted.get(), VersionClock.versionAt(now), partitions));
        return Optional.of(new TableLog(open.tablespace(), wanted.get(), false, open.shards(), followings));
    }

    /** The subscription of this name. */
    public Optional<Subscription> following(String name) {
        return followings.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Where changes of items are logged whose partition key has this hash. */
    public PartitionKey place(long hash) {
        return shards.stream()
                .filter(shard -> shard.takes(hash))
                .findFirst()
                .map(this::place)
                .orElseThrow(
                        () -> new IllegalStateException("no open shard: tablespace=" + tablespace + " hash=" + hash));
    }

    /** The storage partition of a shard's records. */
    public PartitionKey place(Shard shard) {
        return new PartitionKey(
                tablespace,
                Bytes.wrap(ByteBuffer.allocate(Integer.BYTES)
                        .putInt(shard.number())
                        .array()));
    }

    public long openShards() {
        return shards.stream()
                .filter(shard -> shard.state() == Shard.State.OPEN)
                .count();
    }

    /** The shards that ended at or before a version. */
    public List<Shard> shardsUntil(long version) {
        return shards.stream()
                .filter(shard -> shard.until().filter(until -> until <= version).isPresent())
                .toList();
    }

    public boolean isPending() {
        return closing
                || shards.stream().anyMatch(shard -> shard.state() == Shard.State.CLOSING)
                || followings.stream().anyMatch(Subscription::isPending);
    }

    /** The log with its widest open shard split into two, each with half of its hashes. */
    TableLog split(long version) {
        Shard widest = shards.stream()
                .filter(shard -> shard.state() == Shard.State.OPEN)
                .max((one, other) -> Long.compareUnsigned(one.last() - one.first(), other.last() - other.first()))
                .orElseThrow();
        int next = shards.getLast().number() + 1;
        long middle = widest.first() + Long.divideUnsigned(widest.last() - widest.first(), 2);
        var changed = new ArrayList<Shard>();
        for (Shard shard : shards) {
            changed.add(
                    shard.number() == widest.number()
                            ? new Shard(
                                    shard.number(),
                                    shard.first(),
                                    shard.last(),
                                    shard.parent(),
                                    shard.since(),
                                    Shard.State.CLOSING,
                                    Optional.empty())
                            : shard);
        }
        Optional<Integer> parent = Optional.of(widest.number());
        changed.add(new Shard(next, widest.first(), middle, parent, version, Shard.State.OPEN, Optional.empty()));
        changed.add(
                new Shard(next + 1, middle + 1, widest.last(), parent, version, Shard.State.OPEN, Optional.empty()));
        return new TableLog(tablespace, images, closing, changed, followings);
    }

    /**
     * The log once all its writers have its current definition: CLOSING shards have their last record, a STARTING
     * subscription begins after the last record that may lack its images, and an ENDING subscription is gone.
     */
    TableLog settled(long version) {
        return withShards(shards.stream()
                        .map(shard -> shard.state() == Shard.State.CLOSING ? shard.closed(version) : shard)
                        .toList())
                .withFollowings(followings.stream()
                        .filter(following -> !following.isEnding())
                        .map(following -> following.settled(version))
                        .toList());
    }

    /** The log once no writer appends to it any more, for its remaining readers. */
    TableLog closed(long version) {
        return withShards(shards.stream()
                        .map(shard -> shard.state() == Shard.State.CLOSED ? shard : shard.closed(version))
                        .toList())
                .withFollowings(List.of());
    }

    /** The log without the shards that have no records of later versions and never will. */
    TableLog without(long forgotten) {
        List<Shard> ended = shardsUntil(forgotten);
        return withShards(
                shards.stream().filter(shard -> !ended.contains(shard)).toList());
    }

    private TableLog withShards(List<Shard> changed) {
        return new TableLog(tablespace, images, closing, changed, followings);
    }

    private TableLog withFollowings(List<Subscription> changed) {
        return new TableLog(tablespace, images, closing, shards, changed);
    }
}
