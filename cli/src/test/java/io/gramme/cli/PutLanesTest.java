package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.cli.PutLanes.Line;
import io.gramme.cli.PutLanes.Position;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Batches of several lanes at once. */
class PutLanesTest {
    private static Item key(Item item) {
        return item.only(List.of("id"));
    }

    private static Line line(int record, String id) {
        return new Line(
                new Position(0, record),
                "a:" + record,
                Item.of(Map.of("id", new Value.S(id), "record", new Value.S(String.valueOf(record)))));
    }

    @Test
    void noBatchHasAKeyTwiceAndEachKeyKeepsItsOrder() throws Exception {
        var written = new CopyOnWriteArrayList<List<Line>>();
        try (var lanes = new PutLanes(4, PutLanesTest::key, written::add)) {
            for (int i = 0; i < 3_000; i++) {
                lanes.put(line(i, "k" + i % 11));
            }
            lanes.finish();
            assertThat(lanes.oldest()).isEmpty();
        }
        var ofFirst = new ArrayList<Long>();
        for (List<Line> batch : written) {
            var keys = new HashSet<Item>();
            assertThat(batch).hasSizeBetween(1, PutLanes.BATCH_ITEMS).allMatch(line -> keys.add(key(line.item())));
            batch.stream()
                    .filter(line -> line.item().get("id").equals(Optional.of(new Value.S("k0"))))
                    .forEach(line -> ofFirst.add(line.position().record()));
        }
        assertThat(ofFirst).hasSize(273).isSorted();
        assertThat(written.stream().mapToInt(List::size).sum()).isEqualTo(3_000);
    }

    @Test
    void theOldestIsTheFirstRecordThatIsNotWritten() throws Exception {
        var begun = new Semaphore(0);
        var release = new Semaphore(0);
        try (var lanes = new PutLanes(1, PutLanesTest::key, _ -> {
            begun.release();
            release.acquire();
        })) {
            for (int i = 5; i < 60; i++) {
                lanes.put(line(i, "k" + i));
            }
            begun.acquire();
            assertThat(lanes.oldest()).contains(new Position(0, 5));
            release.release();
            // The second batch is begun: the first one is written.
            begun.acquire();
            assertThat(lanes.oldest()).contains(new Position(0, 5 + PutLanes.BATCH_ITEMS));
            release.release(2);
            lanes.finish();
            assertThat(lanes.oldest()).isEmpty();
        }
    }

    @Test
    void afterAFailureNothingMoreIsTakenAndTheBatchStaysOutstanding() throws Exception {
        try (var lanes = new PutLanes(2, PutLanesTest::key, _ -> {
            throw new IOException("no server");
        })) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 10_000; i++) {
                            lanes.put(line(i, "k" + i));
                        }
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage("no server");
            assertThat(lanes.oldest()).contains(new Position(0, 0));
        }
    }

    @Test
    void aDefectOrAnErrorOfTheMachineIsAFailureToo() throws Exception {
        for (Throwable thrown : List.of(new IllegalStateException("a defect"), new OutOfMemoryError("heap"))) {
            try (var lanes = new PutLanes(1, PutLanesTest::key, _ -> sneak(thrown))) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 10_000; i++) {
                                lanes.put(line(i, "k" + i));
                            }
                        })
                        .isInstanceOf(IOException.class)
                        .hasMessage(thrown.toString());
            }
            try (var lanes = new PutLanes(1, PutLanesTest::key, _ -> sneak(thrown))) {
                lanes.put(line(0, "k"));
                assertThatThrownBy(lanes::finish)
                        .isInstanceOf(IOException.class)
                        .hasMessage(thrown.toString());
                assertThat(lanes.oldest()).contains(new Position(0, 0));
            }
        }
    }

    private static void sneak(Throwable thrown) {
        switch (thrown) {
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException(thrown);
        }
    }

    @Test
    void theOldestIsLookedUpWhileTheLastIsWritten() throws Exception {
        var failed = new AtomicReference<Optional<Throwable>>(Optional.empty());
        try (var lanes = new PutLanes(1, PutLanesTest::key, _ -> {})) {
            Thread watcher = Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, e) -> failed.set(Optional.of(e)))
                    .start(() -> {
                        while (!Thread.currentThread().isInterrupted()) {
                            var _ = lanes.oldest();
                        }
                    });
            // A key that repeats makes a batch of each line, so that the set of those that are left is often empty.
            for (int i = 0; i < 10_000; i++) {
                lanes.put(line(i, "k"));
            }
            lanes.finish();
            watcher.interrupt();
            watcher.join();
        }
        assertThat(failed.get()).isEmpty();
    }
}
