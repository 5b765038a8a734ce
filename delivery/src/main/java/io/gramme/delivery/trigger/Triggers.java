package io.gramme.delivery.trigger;

import io.gramme.core.error.StreamErrors;
import io.gramme.core.error.TriggerErrors;
import io.gramme.delivery.follow.ConsumerLag;
import io.gramme.delivery.follow.ConsumerProgress;
import io.gramme.delivery.follow.LogConsumer;
import io.gramme.delivery.follow.Source;
import io.gramme.delivery.follow.Sources;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionTime;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.stream.Stream;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * All triggers of all accounts and regions: stored, and running while they are enabled. Of several servers that share a
 * store, one runs all of them; its passes find changes made on the others. Only that server knows the counts of its
 * triggers.
 */
public final class Triggers implements BackgroundJob.Pass, AutoCloseable {
    private static final Duration PERIOD = Duration.ofSeconds(1);

    /**
     * How often all triggers are read without an announcement: a server may crash between a change and its
     * announcement.
     */
    private static final Duration READ_AT_LEAST_EVERY = Duration.ofMinutes(1);

    private static final long NEVER = -1;

    private static final long SHARES = 256;

    /** A filter passes perhaps one record in this many, so this many times as many are read at once. */
    private static final int READ_AHEAD = 10;

    private static final int MOST_READ = 10_000;
    private static final long BYTES_READ = 2L << 20;

    private final RowStore store;
    private final Tables tables;
    private final TriggerRim rim;
    private final MillisecondClock clock;
    private final TriggerRows rows;

    /** The last announcement of any server; present if other servers may change the stored triggers, too. */
    private final Optional<LongSupplier> announcements;

    private final Map<String, Trigger> triggers = new ConcurrentHashMap<>();
    private final Map<String, TriggerCounters> tallies = new ConcurrentHashMap<>();
    private final Map<String, LogConsumer> running = new ConcurrentHashMap<>();

    /** Held while a trigger changes, so that the running triggers match the stored ones. */
    private final ReentrantLock changing = new ReentrantLock();

    /** Whether this server runs the triggers. Guarded by {@code changing}. */
    private boolean serving;

    /**
     * The last announcement seen before all triggers were read from the store. Guarded by {@code changing}, as is the
     * time of that.
     */
    private long readAt = NEVER;

    private Instant readWhen = Instant.MIN;

    private Triggers(RowStore store, Tables tables, TriggerRim rim, Optional<LongSupplier> announcements) {
        this.announcements = announcements;
        this.store = store;
        this.tables = tables;
        this.rim = rim;
        this.clock = new MillisecondClock(rim.clock());
        this.rows = new TriggerRows(store);
    }

    /** Resumes all enabled triggers, on a store that no other server shares. */
    public static Triggers start(RowStore store, Tables tables, TriggerRim rim) {
        var all = new Triggers(store, tables, rim, Optional.empty());
        var _ = all.run();
        return all;
    }

    /**
     * Triggers on a store that other servers share: they run from the first pass until they are handed over.
     *
     * @param announcements the number of the last announcement of any server: a pass reads all triggers when it has
     *     changed
     */
    public static Triggers among(RowStore store, Tables tables, TriggerRim rim, LongSupplier announcements) {
        return new Triggers(store, tables, rim, Optional.of(announcements));
    }

    @Override
    public Duration run() {
        changing.lock();
        try {
            serving = true;
            reloadIfChanged();
        } finally {
            changing.unlock();
        }
        return PERIOD;
    }

    @Override
    public void handOver() {
        changing.lock();
        try {
            serving = false;
            readAt = NEVER;
            stopAll();
        } finally {
            changing.unlock();
        }
    }

    private void reloadIfChanged() {
        // Asked before the store is read, so that the next pass sees what is announced in the meantime.
        long announced = announcements.map(LongSupplier::getAsLong).orElse(0L);
        Instant now = rim.clock().instant();
        if (announced != readAt || !now.minus(READ_AT_LEAST_EVERY).isBefore(readWhen)) {
            reload();
            readAt = announced;
            readWhen = now;
        }
    }

    private void reload() {
        Map<String, Trigger> stored = rows.all().stream().collect(Collectors.toMap(Trigger::id, Function.identity()));
        for (Trigger known : List.copyOf(triggers.values())) {
            if (!stored.containsKey(known.id())) {
                forget(known);
            }
        }
        stored.forEach((id, trigger) -> {
            Trigger before = triggers.put(id, trigger);
            if (!trigger.equals(before)) {
                stop(id);
            }
            if (!running.containsKey(id)) {
                begin(trigger);
            }
        });
    }

    /** Stops and forgets a trigger that is no longer stored. */
    private void forget(Trigger trigger) {
        stop(trigger.id());
        LogConsumer.forget(store, trigger.follower());
        triggers.remove(trigger.id());
        tallies.remove(trigger.id());
    }

    private void reloadIfShared() {
        if (announcements.isEmpty()) {
            return;
        }
        changing.lock();
        try {
            reload();
        } finally {
            changing.unlock();
        }
    }

    /**
     * The parameters of a request to create a trigger.
     *
     * @param source the ARN of a stream; or a table's name or ARN, for its current stream
     * @param position as the API names it
     */
    public record Creation(
            AccountRegion accountRegion, String source, String position, Optional<Instant> at, TriggerSpec wanted) {}

    public TriggerDescription create(Creation asked) {
        reloadIfShared();
        Stream stream = stream(asked.accountRegion(), asked.source());
        Target target = asked.wanted().target(Optional.empty());
        Policy policy = asked.wanted().policy(Policy.DEFAULT, hasFiles());
        var trigger = new Trigger(
                rim.ids().next(),
                stream.table(),
                stream.label(),
                stream.view(),
                target,
                policy,
                start(asked),
                asked.wanted().enabled().orElse(true),
                clock.instant());
        changing.lock();
        try {
            requireNew(trigger);
            if (triggers.size() >= rim.most()) {
                throw TriggerErrors.tooMany(rim.most());
            }
            rows.put(trigger);
            tables.announce(trigger.table());
            triggers.put(trigger.id(), trigger);
            begin(trigger);
        } finally {
            changing.unlock();
        }
        return seen(trigger).with("Creating");
    }

    private Stream stream(AccountRegion accountRegion, String given) {
        // The last one: a table may be called "stream".
        int at = given.lastIndexOf("/stream/");
        TableName name = at < 0 ? TableName.parse(accountRegion, given) : TableName.ofStream(accountRegion, given, at);
        Optional<Stream> running = tables.find(name).flatMap(Stream::of);
        if (at < 0) {
            if (tables.lookUp(name).isEmpty()) {
                throw TriggerErrors.tableNotFound(name.name(), accountRegion.account(), accountRegion.region());
            }
            return running.orElseThrow(() -> TriggerErrors.tableWithoutStream(name.name()));
        }
        String label = given.substring(at + "/stream/".length());
        return running.filter(stream -> stream.label().equals(label))
                .or(() -> tables.pastStreams().find(name, label).map(Stream::of))
                .orElseThrow(() -> StreamErrors.streamNotFound(given));
    }

    private Trigger.Start start(Creation asked) {
        boolean timed = asked.position().equals("AT_TIMESTAMP");
        if (timed && asked.at().isEmpty()) {
            throw TriggerErrors.timestampMissing();
        }
        if (!timed && asked.at().isPresent()) {
            throw TriggerErrors.timestampNotExpected();
        }
        Optional<Instant> at = asked.at().map(this::possible);
        LogPosition after = switch (asked.position()) {
            case "LATEST" -> store.changes().latest();
            case "AT_TIMESTAMP" -> LogPosition.behind(Math.max(0, VersionTime.versionAt(at.orElseThrow()) - 1));
            default -> LogPosition.START;
        };
        return new Trigger.Start(asked.position(), at, after);
    }

    /** The nearest time at which a change can have been written: an earlier or later one means the same. */
    private Instant possible(Instant time) {
        Instant now = rim.clock().instant();
        if (time.isAfter(now)) {
            return now;
        }
        return time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time;
    }

    private void requireNew(Trigger trigger) {
        triggers.values().stream()
                .filter(other -> !other.id().equals(trigger.id()) && other.isLike(trigger))
                .findFirst()
                .ifPresent(other -> {
                    throw TriggerErrors.exists(other.id());
                });
    }

    private boolean hasFiles() {
        return rim.directory().isPresent();
    }

    public TriggerDescription update(AccountRegion accountRegion, String id, TriggerSpec wanted) {
        return change(
                        accountRegion,
                        id,
                        before -> new Trigger(
                                before.id(),
                                before.table(),
                                before.label(),
                                before.view(),
                                wanted.target(Optional.of(before.target())),
                                wanted.policy(before.policy(), hasFiles()),
                                before.start(),
                                wanted.enabled().orElse(before.enabled()),
                                clock.instant()))
                .with("Updating");
    }

    private TriggerDescription change(AccountRegion accountRegion, String id, UnaryOperator<Trigger> edit) {
        reloadIfShared();
        changing.lock();
        try {
            Trigger after = edit.apply(find(accountRegion, id));
            requireNew(after);
            rows.put(after);
            tables.announce(after.table());
            triggers.put(id, after);
            stop(id);
            begin(after);
            return seen(after);
        } finally {
            changing.unlock();
        }
    }

    public TriggerDescription delete(AccountRegion accountRegion, String id) {
        reloadIfShared();
        changing.lock();
        try {
            Trigger trigger = find(accountRegion, id);
            stop(id);
            TriggerDescription last = seen(trigger).with("Deleting");
            rows.delete(trigger);
            tables.announce(trigger.table());
            forget(trigger);
            return last;
        } finally {
            changing.unlock();
        }
    }

    public TriggerDescription get(AccountRegion accountRegion, String id) {
        reloadIfShared();
        return seen(find(accountRegion, id));
    }

    /** All triggers of an account and region, in the order of their ids. */
    public List<TriggerDescription> of(AccountRegion accountRegion) {
        reloadIfShared();
        return triggers.values().stream()
                .filter(trigger -> trigger.table().accountRegion().equals(accountRegion))
                .sorted(Comparator.comparing(Trigger::id))
                .map(this::seen)
                .toList();
    }

    private Trigger find(AccountRegion accountRegion, String id) {
        return Optional.ofNullable(triggers.get(id))
                .filter(trigger -> trigger.table().accountRegion().equals(accountRegion))
                .orElseThrow(() -> TriggerErrors.notFound(id, accountRegion.account(), accountRegion.region()));
    }

    private void begin(Trigger trigger) {
        if (!serving || !trigger.enabled()) {
            return;
        }
        Policy policy = trigger.policy();
        Source source = Sources.stream(tables, trigger.table(), trigger.label());
        Http http = rim.clients().get();
        var shipping = new TriggerDelivery(
                trigger,
                source,
                http,
                letters(policy, http),
                tally(trigger),
                rim.clock(),
                rim.ids()::next,
                rim.heapBytes() / SHARES);
        int read = policy.filters().isEmpty() ? policy.batchSize() : policy.batchSize() * READ_AHEAD;
        running.put(
                trigger.id(),
                LogConsumer.start(
                        new LogConsumer.Options(
                                trigger.follower(),
                                trigger.start().after(),
                                policy.lanes(),
                                new Budget(Math.min(MOST_READ, read), BYTES_READ)),
                        source,
                        shipping,
                        store,
                        rim.clock(),
                        rim.runner()));
    }

    private FailureDestination letters(Policy policy, Http http) {
        if (policy.onFailure().isEmpty()) {
            return _ -> {};
        }
        String destination = policy.onFailure().get();
        if (destination.startsWith(TriggerSpec.FILE)) {
            String name = destination.substring(TriggerSpec.FILE.length());
            return rim.directory()
                    .<FailureDestination>map(directory -> new LetterFile(directory, name, rim.letters()))
                    .orElseThrow(() -> new IllegalStateException("no directory for failure records"));
        }
        return new LetterPost(http, URI.create(destination), policy.timeout());
    }

    private TriggerCounters tally(Trigger trigger) {
        return tallies.computeIfAbsent(trigger.id(), _ -> new TriggerCounters());
    }

    private void stop(String id) {
        Optional.ofNullable(running.remove(id)).ifPresent(LogConsumer::close);
    }

    private TriggerDescription seen(Trigger trigger) {
        Optional<ConsumerProgress> reach =
                Optional.ofNullable(running.get(trigger.id())).map(LogConsumer::reach);
        TriggerCounters tally = tally(trigger);
        return new TriggerDescription(
                trigger,
                trigger.enabled() ? "Enabled" : "Disabled",
                reason(trigger, reach),
                tally.lastResult(),
                TriggerDescription.Counts.of(tally),
                reach.map(this::lag).orElse(Duration.ZERO),
                reach.flatMap(ConsumerProgress::missed));
    }

    private String reason(Trigger trigger, Optional<ConsumerProgress> reach) {
        if (reach.filter(ConsumerProgress::exhausted).isPresent()) {
            return "The stream has ended, and all its records have been processed";
        }
        boolean gone =
                Sources.stream(tables, trigger.table(), trigger.label()).span().isEmpty();
        return gone ? "The stream is gone" : "User action";
    }

    private Duration lag(ConsumerProgress reach) {
        return reach.lag(rim.clock().instant());
    }

    /** The lags of the triggers that this server runs. */
    public List<ConsumerLag> lags() {
        return triggers.values().stream()
                .flatMap(trigger ->
                        Optional.ofNullable(running.get(trigger.id())).map(follower -> lag(trigger, follower)).stream())
                .toList();
    }

    private ConsumerLag lag(Trigger trigger, LogConsumer follower) {
        return new ConsumerLag(trigger.table(), trigger.id(), lag(follower.reach()));
    }

    /**
     * Stops all triggers before it waits for the first: this takes at most as long as one response, and mostly no time.
     */
    private void stopAll() {
        var all = new HashMap<>(running);
        all.values().forEach(LogConsumer::stop);
        all.values().forEach(LogConsumer::close);
        running.clear();
    }

    @Override
    public void close() {
        handOver();
    }
}
