package io.gramme.server.kinesis;

import io.gramme.server.follow.Batch;
import io.gramme.server.follow.Delivery;
import io.gramme.server.follow.Receiver;
import io.gramme.server.kinesis.DataRecord.Origin;
import io.gramme.server.table.KinesisDestination.Precision;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Puts the changes of a table into a data stream, until it has taken them.
 *
 * <p>What is in one PutRecords request comes into the stream in no certain order, and may do so in part. So a request never has
 * two changes of one item: the next is sent when the one before was taken. What failed is sent again, and nothing else. After
 * a crash a batch may come twice, then each item's changes once more in their order; their ids tell.
 */
final class KinesisReceiver implements Receiver {
    private static final System.Logger LOG = System.getLogger(KinesisReceiver.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** What every stream takes of one record. Only of one that is larger a refusal is believed to be for good. */
    private static final int SURE_BYTES = 1 << 20;

    private final Origin origin;
    private final DataStream stream;
    private final Supplier<Precision> precision;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Pauses pauses;

    /** Waits between tries. */
    @FunctionalInterface
    interface Pauses {
        /** Whether there shall be another try after so long. */
        boolean pause(Duration length) throws InterruptedException;
    }

    KinesisReceiver(Origin origin, DataStream stream, Supplier<Precision> precision) {
        this.origin = origin;
        this.stream = stream;
        this.precision = precision;
        this.pauses = this::pause;
    }

    /** With pauses of a test's own. */
    KinesisReceiver(Origin origin, DataStream stream, Supplier<Precision> precision, Pauses pauses) {
        this.origin = origin;
        this.stream = stream;
        this.precision = precision;
        this.pauses = pauses;
    }

    @Override
    public Delivery deliver(Batch batch) throws InterruptedException {
        Precision now = precision.get();
        var waiting = new LinkedHashMap<Integer, DataRecord>();
        for (int i = 0; i < batch.entries().size(); i++) {
            waiting.put(i, DataRecord.of(origin, batch.entries().get(i), now));
        }
        Duration rest = FIRST_PAUSE;
        boolean told = false;
        while (!waiting.isEmpty()) {
            int before = waiting.size();
            Optional<String> failure = putSome(waiting);
            // A stream that takes some is slow, and need not be given longer and longer rests.
            rest = waiting.size() < before ? FIRST_PAUSE : rest;
            if (failure.isEmpty()) {
                continue;
            }
            if (!told) {
                told = true;
                LOG.log(
                        Level.WARNING,
                        "Kinesis does not take all changes; they are sent again: " + describe(failure.get()));
            }
            if (!pauses.pause(rest)) {
                // All before the first that waits: what was taken behind it will come twice.
                return new Delivery(waiting.firstEntry().getKey(), FIRST_PAUSE);
            }
            rest = rest.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? rest.multipliedBy(2) : LONGEST_PAUSE;
        }
        return Delivery.all(batch);
    }

    private boolean pause(Duration length) throws InterruptedException {
        return !stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    private String describe(String failure) {
        return "table=" + origin.table().name() + " region="
                + origin.table().accountRegion().region() + " failure=" + failure;
    }

    /** Sends one request, and takes out of those that wait what was taken; answers why something was not. */
    private Optional<String> putSome(SequencedMap<Integer, DataRecord> waiting) throws InterruptedException {
        List<Integer> places = next(waiting);
        List<DataRecord> records = places.stream()
                .map(place -> Objects.requireNonNull(waiting.get(place)))
                .toList();
        try {
            List<Optional<String>> failures = stream.put(records);
            for (int i = 0; i < failures.size(); i++) {
                if (failures.get(i).isEmpty()) {
                    waiting.remove(places.get(i));
                }
            }
            return failures.stream().flatMap(Optional::stream).findFirst();
        } catch (DataStream.RefusedException e) {
            if (e.isForGood() && records.size() == 1 && records.getFirst().bytes() > SURE_BYTES) {
                LOG.log(
                        Level.ERROR,
                        "A change is too large for Kinesis, and is left out: "
                                + describe(String.valueOf(e.getMessage())));
                waiting.remove(places.getFirst());
                return Optional.empty();
            }
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    /** The first change of each item that waits, as far as a request has room. One that may be too large goes alone. */
    private static List<Integer> next(SequencedMap<Integer, DataRecord> waiting) {
        var places = new ArrayList<Integer>();
        Set<String> items = new HashSet<>();
        int bytes = 0;
        for (var entry : waiting.entrySet()) {
            DataRecord record = entry.getValue();
            if (!items.add(record.partitionKey())) {
                continue;
            }
            bytes += record.bytes();
            boolean alone = record.bytes() > SURE_BYTES;
            if (!places.isEmpty() && (alone || bytes > DataStream.MOST_BYTES)) {
                return places;
            }
            places.add(entry.getKey());
            if (alone || places.size() == DataStream.MOST_RECORDS) {
                return places;
            }
        }
        return places;
    }
}
