package io.gramme.delivery.follow;

import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionTime;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.log.LogShard;
import io.gramme.tables.log.LogView;
import io.gramme.tables.stream.StreamReader;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A background reader of a table log, which delivers the changes to a receiver and stores its progress. Shards are read
 * concurrently, a child after all of its parent, and the changes of one item are delivered in order. The position is
 * stored after each delivery: after a crash the last batch of a slot may be delivered again, but no change is skipped.
 *
 * <p>A shard may be read in several lanes, and its items are distributed over them: a lane that is stuck does not block
 * the others.
 */
public final class LogConsumer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogConsumer.class.getName());

    /** How soon a split of a shard is noticed. The end of a shard that a lane has reached is noticed at once. */
    private static final Duration PERIOD = Duration.ofSeconds(1);

    private final Options options;
    private final Source source;
    private final Receiver receiver;
    private final RowStore store;
    private final Positions positions;
    private final InstantSource clock;
    private final Runner runner;
    private final Map<ConsumerSlot, Lane> lanes = new ConcurrentHashMap<>();
    private final Map<ConsumerSlot, Runner.Running> running = new ConcurrentHashMap<>();
    private final Set<ConsumerSlot> ended = ConcurrentHashMap.newKeySet();
    private volatile boolean exhausted;
    private volatile Optional<Instant> missed = Optional.empty();
    private volatile Optional<Runner.Running> guide = Optional.empty();
    private volatile Runnable alarm = () -> {};

    /**
     * How a log is consumed.
     *
     * @param id names the consumer, unique in its store for all time: the stored position is found by it after a
     *     restart
     * @param from a new consumer starts after this position
     * @param lanes of each shard. If the number differs from the last run, changes that some lanes had delivered and
     *     others had not are delivered again
     * @param batch how much is delivered at once
     */
    public record Options(String id, LogPosition from, int lanes, Budget batch) {}

    private LogConsumer(
            Options options, Source source, Receiver receiver, RowStore store, InstantSource clock, Runner runner) {
        this.options = options;
        this.source = source;
        this.receiver = receiver;
        this.store = store;
        this.positions = new Positions(store, options.id());
        this.clock = clock;
        this.runner = runner;
    }

    /** Starts a consumer at the stored position of its id, if there is one. */
    public static LogConsumer start(
            Options options, Source source, Receiver receiver, RowStore store, InstantSource clock, Runner runner) {
        var consumer = new LogConsumer(options, source, receiver, store, clock, runner);
        consumer.guide = Optional.of(runner.start("gramme-follow-" + options.id(), consumer.new Guide()));
        return consumer;
    }

    /** Deletes the stored positions of a consumer that has been closed for good. */
    public static void forget(RowStore store, String id) {
        new Positions(store, id).forgetAll();
    }

    public ConsumerProgress reach() {
        List<Lane> all = List.copyOf(lanes.values());
        return new ConsumerProgress(
                all.stream().flatMap(lane -> lane.waiting().stream()).min(Comparator.naturalOrder()),
                Stream.concat(missed.stream(), all.stream().flatMap(lane -> lane.missed().stream()))
                        .max(Comparator.naturalOrder()),
                exhausted);
    }

    /** Stops the receiver, so that {@link #close} need not wait for it. */
    public void stop() {
        receiver.stop();
    }

    /** Stops the receiver, and waits until all lanes have ended. */
    @Override
    public void close() {
        stop();
        guide.ifPresent(Runner.Running::close);
        running.values().forEach(Runner.Running::close);
    }

    /**
     * Starts a lane for each slot of the log as soon as the slot may be read, and closes the lanes of slots that are
     * gone.
     */
    private final class Guide implements BackgroundJob.Pass {
        private Optional<Map<ConsumerSlot, LogPosition>> loaded = Optional.empty();

        @Override
        public void wakeBy(Runnable newAlarm) {
            alarm = newAlarm;
        }

        @Override
        public Duration run() {
            Map<ConsumerSlot, LogPosition> stored = loaded.orElseGet(() -> positions.inLanes(options.lanes()));
            loaded = Optional.of(stored);
            source.span().ifPresent(span -> follow(span, stored));
            return PERIOD;
        }

        private void follow(LogView span, Map<ConsumerSlot, LogPosition> stored) {
            List<LogShard> shards = span.shards();
            var places = new HashSet<ConsumerSlot>();
            shards.forEach(shard -> places.addAll(places(span, shard)));
            closeAllBut(places);
            forgetAllBut(places, stored);
            for (LogShard shard : shards) {
                if (mayBeRead(span, shard)) {
                    places(span, shard).forEach(place -> begin(place, shard, stored));
                }
            }
            exhausted = span.until().isPresent() && ended.containsAll(places);
        }

        private List<ConsumerSlot> places(LogView span, LogShard shard) {
            var places = new ArrayList<ConsumerSlot>();
            for (int lane = 0; lane < options.lanes(); lane++) {
                places.add(new ConsumerSlot(span.log().tablespace(), shard.number(), lane, options.lanes()));
            }
            return places;
        }

        /** A shard may be read when its parent has been read to its end, or has been trimmed away. */
        private boolean mayBeRead(LogView span, LogShard shard) {
            return shard.parent()
                    .flatMap(span::shard)
                    .map(parent -> ended.containsAll(places(span, parent)))
                    .orElse(true);
        }

        private void begin(ConsumerSlot place, LogShard shard, Map<ConsumerSlot, LogPosition> stored) {
            if (lanes.containsKey(place) || ended.contains(place)) {
                return;
            }
            var lane = new Lane(
                    place,
                    () -> source.span().flatMap(span -> span.shard(place.shard())),
                    receiver,
                    store,
                    positions,
                    clock,
                    options.batch(),
                    LogShard.later(shard.start(), stored.computeIfAbsent(place, this::atFirst)),
                    () -> end(place));
            lanes.put(place, lane);
            String name = "gramme-follow-" + options.id() + "-" + place.shard() + "-" + place.lane();
            running.put(place, runner.start(name, lane));
        }

        /** The first position of a slot, stored at once, so that missed changes are detected from now on. */
        private LogPosition atFirst(ConsumerSlot place) {
            long oldest = VersionTime.versionAt(clock.instant().minus(StreamReader.RETENTION));
            LogPosition first = LogShard.later(options.from(), LogPosition.behind(Math.max(0, oldest)));
            positions.put(place, first);
            return first;
        }

        /** Called by the lane itself; the next pass closes the lane. */
        private void end(ConsumerSlot place) {
            ended.add(place);
            alarm.run();
        }

        private void closeAllBut(Set<ConsumerSlot> places) {
            for (ConsumerSlot place : List.copyOf(running.keySet())) {
                if (ended.contains(place) || !places.contains(place)) {
                    Objects.requireNonNull(running.remove(place)).close();
                    if (!ended.contains(place)) {
                        cutOff(place);
                    }
                }
            }
            lanes.keySet().retainAll(running.keySet());
        }

        /** Notes that a shard was trimmed away before it was read to its end: the rest was not read in a day. */
        private void cutOff(ConsumerSlot place) {
            missed = Optional.of(clock.instant());
            LOG.log(
                    Level.WARNING,
                    "A shard was trimmed away before all of it was read: " + positions + " shard=" + place.shard());
        }

        private void forgetAllBut(Set<ConsumerSlot> places, Map<ConsumerSlot, LogPosition> stored) {
            for (ConsumerSlot place : List.copyOf(stored.keySet())) {
                if (!places.contains(place)) {
                    positions.forget(place);
                    stored.remove(place);
                    ended.remove(place);
                }
            }
        }
    }
}
