package io.gramme.cli;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/**
 * Writes items in batches, several at once. All items of one key go through one lane, in their order, so that the last
 * one stays. Memory is bounded by a few batches for each lane. One thread puts items; {@link #oldest} is for any.
 */
final class PutLanes implements AutoCloseable {
    static final int BATCH_ITEMS = 25;
    private static final int BATCH_BYTES = 1 << 20;
    private static final int QUEUE = 2;
    private static final long POLL_MILLIS = 100;
    private static final List<Line> END = List.of();

    private final Writer writer;
    private final UnaryOperator<Item> keyOf;
    private final List<Lane> lanes = new ArrayList<>();
    private final AtomicReference<Optional<Throwable>> failure = new AtomicReference<>(Optional.empty());

    /** The first line of each batch that is not written yet. */
    private final NavigableSet<Position> outstanding = new ConcurrentSkipListSet<>();

    /** A record among those of all files. Both numbers count from 0. */
    record Position(int file, long record) implements Comparable<Position> {
        @Override
        public int compareTo(Position other) {
            return file != other.file ? Integer.compare(file, other.file) : Long.compare(record, other.record);
        }
    }

    /** @param place file and line, for the user */
    record Line(Position position, String place, Item item) {}

    /** What writes a batch, or reports each item of it that cannot be written. */
    interface Writer {
        /** @throws IOException with a message for the user, if nothing more can be written */
        void write(List<Line> batch) throws IOException, InterruptedException;
    }

    /** @param keyOf the key of an item, or a part of it if it has no whole key */
    PutLanes(int count, UnaryOperator<Item> keyOf, Writer writer) {
        this.writer = writer;
        this.keyOf = keyOf;
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane(i));
        }
    }

    private final class Lane {
        private final BlockingQueue<List<Line>> queue = new ArrayBlockingQueue<>(QUEUE);
        private final Thread thread;
        private List<Line> open = new ArrayList<>();
        private final Set<Item> keys = new HashSet<>();
        private int bytes;

        Lane(int number) {
            this.thread =
                    Thread.ofPlatform().daemon().name("gramme-put-" + number).start(this::run);
        }

        void add(Line line, Item key) throws IOException, InterruptedException {
            int size = ItemSize.of(line.item());
            // A batch must not have a key twice.
            if (open.size() >= BATCH_ITEMS || bytes + size > BATCH_BYTES || keys.contains(key)) {
                send();
            }
            if (open.isEmpty()) {
                outstanding.add(line.position());
            }
            open.add(line);
            keys.add(key);
            bytes += size;
        }

        void send() throws IOException, InterruptedException {
            if (!open.isEmpty()) {
                enqueue(open);
                open = new ArrayList<>();
                keys.clear();
                bytes = 0;
            }
        }

        void enqueue(List<Line> batch) throws IOException, InterruptedException {
            do {
                requireSound();
            } while (!queue.offer(batch, POLL_MILLIS, TimeUnit.MILLISECONDS));
        }

        private void run() {
            try {
                for (List<Line> batch = queue.take(); !batch.isEmpty(); batch = queue.take()) {
                    writer.write(batch);
                    outstanding.remove(batch.getFirst().position());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            } catch (IOException | RuntimeException | Error e) {
                fail(e);
            }
        }
    }

    /** A lane that ends early always says so: otherwise its items would be lost, and {@link Lane#enqueue} wait for ever. */
    private void fail(Throwable cause) {
        failure.compareAndSet(Optional.empty(), Optional.of(cause));
    }

    /** @throws IOException if a batch before could not be written */
    void put(Line line) throws IOException, InterruptedException {
        Item key = keyOf.apply(line.item());
        lanes.get(Math.floorMod(key.hashCode(), lanes.size())).add(line, key);
    }

    /** Writes what was put, and ends the lanes. */
    void finish() throws IOException, InterruptedException {
        for (Lane lane : lanes) {
            lane.send();
            lane.enqueue(END);
        }
        for (Lane lane : lanes) {
            lane.thread.join();
        }
        requireSound();
        if (!outstanding.isEmpty()) {
            throw new IOException("not all items were written");
        }
    }

    /** Interrupts what {@link #finish} has not ended. */
    @Override
    public void close() {
        lanes.forEach(lane -> lane.thread.interrupt());
    }

    private void requireSound() throws IOException {
        Optional<Throwable> failed = failure.get();
        if (failed.isPresent()) {
            Throwable cause = failed.get();
            throw new IOException(cause instanceof IOException ? cause.getMessage() : cause.toString(), cause);
        }
    }

    /** The first record that is not written yet, of those that were put. */
    Optional<Position> oldest() {
        // One look: the set may become empty between two.
        Iterator<Position> first = outstanding.iterator();
        return first.hasNext() ? Optional.of(first.next()) : Optional.empty();
    }
}
