package io.gramme.server.follow;

import io.gramme.server.job.BackgroundJob;
import io.gramme.server.log.LogShard;
import io.gramme.server.log.LogView;
import io.gramme.server.stream.StreamReader;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionClock;
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
 * Hands the changes of a log to a receiver: the shards side by side, a shard's children after all of it, and the changes
 * of one item always in their order. How far it has come is stored after each delivery, so that after a crash the last
 * batch of a place may be handed over once more, and nothing is left out.
 *
 * <p>A shard may be read in several lanes, among which its items are shared out: one that is stuck holds up no other.
 */
public final class LogConsumer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LogConsumer.class.getName());

    /** How soon it is seen that a shard was split, but for the one whose end was reached. */
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
     * How a log is followed.
     *
     * @param id names the follower among all of the store, for all times: its position is found by it after a restart
     * @param from what stands behind this is handed over, when the follower is new
     * @param lanes of each shard. When they are other than the last time, what some lanes had handed over is handed over
     *     again that others had not
     * @param batch how much is handed over at once
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

    /** Begins where the follower of this id had come to, if there was one. */
    public static LogConsumer start(
            Options options, Source source, Receiver receiver, RowStore store, InstantSource clock, Runner runner) {
        var follower = new LogConsumer(options, source, receiver, store, clock, runner);
        follower.guide = Optional.of(runner.start("gramme-follow-" + options.id(), follower.new Guide()));
        return follower;
    }

    /** Forgets how far a follower had come that has been closed for good. */
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

    /** Has the receiver stop, so that {@link #close} need not wait for it. */
    public void stop() {
        receiver.stop();
    }

    /** Has the receiver stop, and ends when it has. */
    @Override
    public void close() {
        stop();
        guide.ifPresent(Runner.Running::close);
        running.values().forEach(Runner.Running::close);
    }

    /** Sees to it that each place of the log has its lane as soon as it may be read, and none any longer. */
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
                places.add(new ConsumerSlot(span.log().store(), shard.number(), lane, options.lanes()));
            }
            return places;
        }

        /** One whose parent has been forgotten may. */
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

        /** Stored at once, so that from now on it is known whether anything was missed. */
        private LogPosition atFirst(ConsumerSlot place) {
            long oldest = VersionClock.versionAt(clock.instant().minus(StreamReader.RETENTION));
            LogPosition first = LogShard.later(options.from(), LogPosition.behind(Math.max(0, oldest)));
            positions.put(place, first);
            return first;
        }

        /** Called by the lane itself, which therefore is closed by the next pass. */
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

        /** What is left in a shard when it is forgotten was not read in a day. */
        private void cutOff(ConsumerSlot place) {
            missed = Optional.of(clock.instant());
            LOG.log(
                    Level.WARNING,
                    "A shard was forgotten before all of it could be handed over: " + positions + " shard="
                            + place.shard());
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
