package io.gramme.server.table;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.VersionClock;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The log of a table's changes, for all who follow them: its stream, and {@linkplain Subscription others} by name. A table
 * that nobody follows has none.
 *
 * <p>It lies in shards, each a range of the hashes of partition keys, so that the changes of one item stand in one shard, in
 * their order. When a shard is split, its items go on in its children.
 *
 * @param store where the records are
 * @param images what records carry, besides keys: as much as those who follow the table want
 * @param closing whether nobody follows the table any more, and its writers are about to know
 * @param shards in the order of their numbers; those that are closed stay until their records are forgotten
 * @param followings who follows it besides the table's stream
 */
public record TableLog(long store, Images images, boolean closing, List<Shard> shards, List<Subscription> followings) {
    /** More than a table's quota of throughput needs. */
    private static final int MOST_FIRST_SHARDS = 64;

    /** Which states of an item a record carries. */
    public record Images(boolean before, boolean after) {
        public static final Images BOTH = new Images(true, true);

        Images and(Images others) {
            return new Images(before || others.before, after || others.after);
        }
    }

    /**
     * The log of a range of items.
     *
     * @param first the lowest hash, and {@code last} the highest, as unsigned numbers
     * @param parent which it was split from
     * @param since the version that was current when it was opened: its records are of later ones
     * @param until the highest version that it may have records of, if it has been closed
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
            /** They append to it. */
            OPEN,
            /** Some may still append to it, who have not come to know its children yet. */
            CLOSING,
            /** Nobody will append to it. */
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
     * A new log, whose first shards share the hashes evenly.
     *
     * @param partitions of the table: each of them has a shard
     */
    static TableLog create(long store, Images images, long version, int partitions) {
        var shards = new ArrayList<Shard>();
        int count = Math.clamp(partitions, 1, MOST_FIRST_SHARDS);
        long width = Long.divideUnsigned(-1L, count);
        for (int i = 0; i < count; i++) {
            long first = i * width;
            long last = i == count - 1 ? -1L : first + width - 1;
            shards.add(new Shard(i, first, last, Optional.empty(), version, Shard.State.OPEN, Optional.empty()));
        }
        return new TableLog(store, images, false, shards, List.of());
    }

    /**
     * The log that a table has from now on, with as much in its records as anybody wants who follows the table.
     *
     * @param stream what the table's stream wants, if it has one
     * @param followings who else follows it
     * @param newStore for a log that is not there yet
     * @param partitions of the table, for such a log
     */
    static Optional<TableLog> asWanted(
            Optional<TableLog> log,
            Optional<Images> stream,
            List<Subscription> followings,
            long newStore,
            int partitions,
            Instant now) {
        Optional<Images> wanted = Stream.concat(
                        stream.stream(),
                        followings.stream()
                                .filter(following -> !following.isEnding())
                                .map(Subscription::wants))
                .reduce(Images::and);
        if (wanted.isEmpty()) {
            return log.map(open -> new TableLog(open.store(), open.images(), true, open.shards(), followings));
        }
        TableLog open = log.orElseGet(() -> create(newStore, wanted.get(), VersionClock.versionAt(now), partitions));
        return Optional.of(new TableLog(open.store(), wanted.get(), false, open.shards(), followings));
    }

    /** Who follows the table by this name. */
    public Optional<Subscription> following(String name) {
        return followings.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /** Where the changes of an item are logged whose partition key has this hash. */
    public PartitionKey place(long hash) {
        return shards.stream()
                .filter(shard -> shard.takes(hash))
                .findFirst()
                .map(this::place)
                .orElseThrow(() -> new IllegalStateException("no open shard: store=" + store + " hash=" + hash));
    }

    /** Where the records of a shard are. */
    public PartitionKey place(Shard shard) {
        return new PartitionKey(
                store,
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

    /** The widest open shard in two, each with half of its hashes. */
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
        return new TableLog(store, images, closing, changed, followings);
    }

    /**
     * The log when all its writers know it as it is: shards that were closing have their last record, whoever came to
     * follow begins behind the last one that may carry less than is wanted, and whoever was going is gone.
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

    /** The log when nobody writes to it any more, for whoever is left to read it. */
    TableLog closed(long version) {
        return withShards(shards.stream()
                        .map(shard -> shard.state() == Shard.State.CLOSED ? shard : shard.closed(version))
                        .toList())
                .withFollowings(List.of());
    }

    /** Without the shards that have no records of later versions and never will. */
    TableLog without(long forgotten) {
        List<Shard> ended = shardsUntil(forgotten);
        return withShards(
                shards.stream().filter(shard -> !ended.contains(shard)).toList());
    }

    private TableLog withShards(List<Shard> changed) {
        return new TableLog(store, images, closing, changed, followings);
    }

    private TableLog withFollowings(List<Subscription> changed) {
        return new TableLog(store, images, closing, shards, changed);
    }
}
