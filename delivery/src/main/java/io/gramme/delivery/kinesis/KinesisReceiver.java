package io.gramme.delivery.kinesis;

import io.gramme.delivery.follow.Batch;
import io.gramme.delivery.follow.Delivery;
import io.gramme.delivery.follow.Receiver;
import io.gramme.delivery.kinesis.DataRecord.Origin;
import io.gramme.tables.table.KinesisDestination.Precision;
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
 * The receiver that puts the changes of a table into a data stream, and retries until the stream has taken them.
 *
 * <p>The records of one PutRecords request enter the stream in no certain order, and possibly only in part. So a
 * request never contains two changes of one item: the next change is sent once the one before was taken. Only failed
 * records are sent again. After a crash a batch may be sent twice; then the changes of each item appear once more in
 * their order, and their ids identify them as duplicates.
 */
final class KinesisReceiver implements Receiver {
    private static final System.Logger LOG = System.getLogger(KinesisReceiver.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** The record size that every stream accepts. Only for a larger record is a refusal treated as final. */
    private static final int SURE_BYTES = 1 << 20;

    private final Origin origin;
    private final DataStream stream;
    private final Supplier<Precision> precision;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Pauses pauses;

    /** The waits between attempts. */
    @FunctionalInterface
    interface Pauses {
        /** Waits, and returns whether to try again; false once the receiver is stopped. */
        boolean pause(Duration length) throws InterruptedException;
    }

    KinesisReceiver(Origin origin, DataStream stream, Supplier<Precision> precision) {
        this.origin = origin;
        this.stream = stream;
        this.precision = precision;
        this.pauses = this::pause;
    }

    /** With the pauses of a test. */
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
            // A stream that takes some records is slow, and needs no growing pauses.
            rest = waiting.size() < before ? FIRST_PAUSE : rest;
            if (failure.isEmpty()) {
                continue;
            }
            if (!told) {
                told = true;
                LOG.log(Level.WARNING, "Kinesis rejected some changes; retrying: " + describe(failure.get()));
            }
            if (!pauses.pause(rest)) {
                // Everything before the first waiting record is done; records taken behind it are sent twice.
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

    /**
     * Sends one request and removes from {@code waiting} what was taken; returns why a record was not taken, if any.
     */
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
                        "A change is too large for Kinesis, and is skipped: "
                                + describe(String.valueOf(e.getMessage())));
                waiting.remove(places.getFirst());
                return Optional.empty();
            }
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Optional.of(e.toString());
        }
    }

    /**
     * The first waiting change of each item, as far as a request has room. A record that may be too large is sent
     * alone.
     */
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
