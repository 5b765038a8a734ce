package io.gramme.delivery.trigger;

import io.gramme.delivery.follow.Batch;
import io.gramme.delivery.follow.Delivery;
import io.gramme.delivery.follow.Receiver;
import io.gramme.delivery.follow.Source;
import io.gramme.tables.stream.StreamShard;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The receiver that sends the records of one trigger to its target, each lane independently, within a bound of memory.
 */
final class TriggerDelivery implements Receiver {
    /** How much longer a record usually is as JSON than in storage. */
    private static final int GROWTH = 3;

    private static final int KILOBYTE = 1 << 10;

    private final Trigger trigger;
    private final List<Pattern> filters;
    private final Source source;
    private final Http http;
    private final FailureDestination letters;
    private final TriggerCounters tally;
    private final InstantSource clock;
    private final Supplier<String> ids;
    private final Map<Lane, LaneWork> lanes = new ConcurrentHashMap<>();
    private final int kilobytes;
    private final Semaphore memory;
    private volatile boolean stopped;

    private record Lane(int shard, int lane) {}

    /**
     * @param source of the trigger's stream
     * @param memory bytes that its events may use at one time; one event is always allowed
     * @param ids a source of unique ids
     */
    TriggerDelivery(
            Trigger trigger,
            Source source,
            Http http,
            FailureDestination letters,
            TriggerCounters tally,
            InstantSource clock,
            Supplier<String> ids,
            long memory) {
        this.trigger = trigger;
        this.filters = Filters.read(trigger.policy().filters());
        this.source = source;
        this.http = http;
        this.letters = letters;
        this.tally = tally;
        this.clock = clock;
        this.ids = ids;
        this.kilobytes = (int) Math.max(Events.MOST_BYTES, Math.min(memory, Integer.MAX_VALUE)) / KILOBYTE;
        this.memory = new Semaphore(kilobytes, true);
    }

    @Override
    public Delivery deliver(Batch batch) throws InterruptedException {
        int share = share(batch);
        memory.acquire(share);
        try {
            return lanes.computeIfAbsent(new Lane(batch.shard(), batch.lane()), _ -> new LaneWork(this))
                    .deliver(batch);
        } finally {
            memory.release(share);
        }
    }

    private int share(Batch batch) {
        long bytes = batch.entries().stream()
                .mapToLong(entry -> entry.record().length())
                .sum();
        return (int) Math.min(kilobytes, 1 + Math.min(bytes * GROWTH, Events.MOST_BYTES) / KILOBYTE);
    }

    @Override
    public synchronized void stop() {
        if (!stopped) {
            stopped = true;
            http.stop();
            // Threads that wait for memory continue, and fail at once.
            memory.release(Integer.MAX_VALUE - kilobytes);
        }
    }

    Trigger trigger() {
        return trigger;
    }

    TriggerCounters tally() {
        return tally;
    }

    FailureDestination letters() {
        return letters;
    }

    Instant now() {
        return clock.instant();
    }

    String newId() {
        return ids.get();
    }

    Events events(Batch batch, int most) {
        return Events.of(batch, trigger, filters, most);
    }

    /**
     * The id that clients of the stream know. A shard that is being read has not been trimmed away, except for a
     * moment.
     */
    String shardId(int number) {
        return source.span()
                .flatMap(span -> span.shard(number).map(shard -> StreamShard.of(span, shard)))
                .map(StreamShard::id)
                .orElse("");
    }

    Verdict send(Events events) throws InterruptedException {
        tally.invocations.increment();
        Verdict verdict = post(events);
        if (!(verdict instanceof Verdict.Taken)) {
            tally.failures.increment();
        }
        return verdict;
    }

    private Verdict post(Events events) throws InterruptedException {
        if (stopped) {
            return new Verdict.Unavailable("the trigger is stopping");
        }
        try {
            Http.Answer answer = http.post(
                    trigger.target().url(), events.json(), trigger.policy().timeout());
            return Verdict.of(answer, trigger.target(), trigger.policy().reportsFailures(), events.sequenceNumbers());
        } catch (Http.Unreachable e) {
            return new Verdict.Unavailable(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return stopped
                    ? new Verdict.Unavailable("the trigger is stopping")
                    : new Verdict.Failed(String.valueOf(e.getMessage()), Optional.empty(), Optional.empty());
        }
    }
}
