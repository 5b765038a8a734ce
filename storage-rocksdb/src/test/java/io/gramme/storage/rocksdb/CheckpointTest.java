package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Checkpoint;
import io.gramme.storage.Durability;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.rocksdb.RocksDBException;

/** A checkpoint of a store that is written meanwhile. */
@Timeout(60)
class CheckpointTest {
    @TempDir
    Path directory;

    private RocksStore open(Path data, Durability durability) {
        return RocksStore.open(
                RocksStoreOptions.in(data).with(durability).withWriteBuffers(1 << 20), InstantSource.system());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckpointHasAPrefixOfTheLogThatHasAllBeforeIt(Durability durability) throws Exception {
        Path copy = directory.resolve("copy");
        int before;
        var written = new AtomicInteger();
        try (var store = open(directory.resolve("data"), durability)) {
            var stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                byte[] content = new byte[1_000];
                while (!stop.get()) {
                    put(store, key(1, "p" + written.get(), "i"), Bytes.wrap(content));
                    written.incrementAndGet();
                }
            });
            while (written.get() < 200) {
                Thread.onSpinWait();
            }
            before = written.get();
            try (Checkpoint checkpoint = store.checkpoint().orElseThrow()) {
                assertThatThrownBy(store::checkpoint).isInstanceOf(StorageException.class);
                copy(checkpoint.directory(), copy);
                long since = written.get();
                while (written.get() < since + 50) {
                    Thread.onSpinWait();
                }
                assertThat(value(store, key(1, "p" + since, "i"))).isPresent();
            }
            stop.set(true);
            writer.join();
            assertThat(directory.resolve("data").resolve("checkpoint")).doesNotExist();
            store.checkpoint().orElseThrow().close();
        }
        try (var store = open(copy, durability)) {
            int last = 0;
            while (value(store, key(1, "p" + last, "i")).isPresent()) {
                last++;
            }
            assertThat(last).isBetween(before, written.get() - 1);
            for (int n = last; n < written.get(); n++) {
                assertThat(value(store, key(1, "p" + n, "i"))).isEmpty();
            }
            put(store, key(1, "new", "i"), Bytes.utf8("x"));
        }
    }

    @Test
    void noCheckpointIsMadeAfterASyncThatFailedWhileItWaited() throws Exception {
        var syncing = new CountDownLatch(1);
        var mayFail = new CountDownLatch(1);
        RocksStoreOptions options = RocksStoreOptions.in(directory).with(Durability.RELAXED);
        try (var store = RocksStore.open(options, InstantSource.system(), log -> new GroupCommitter.Log() {
            @Override
            public void append(List<Commit> group) throws RocksDBException {
                log.append(group);
            }

            @Override
            public void sync() throws RocksDBException {
                syncing.countDown();
                try {
                    mayFail.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                throw new RocksDBException("disk is gone");
            }
        })) {
            put(store, key(1, "p", "i"), Bytes.utf8("x"));
            syncing.await();
            var refusal = new AtomicReference<Optional<Throwable>>(Optional.empty());
            Thread thread = Thread.ofPlatform()
                    .uncaughtExceptionHandler((_, e) -> refusal.set(Optional.of(e)))
                    .start(store::checkpoint);
            while (thread.getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
            }
            mayFail.countDown();
            thread.join();
            assertThat(refusal.get()).containsInstanceOf(StorageException.class);
            assertThat(directory.resolve("checkpoint")).doesNotExist();
        }
    }

    @Test
    void aCheckpointThatAKilledProcessLeftGoes() throws IOException {
        open(directory, Durability.SYNCED).close();
        Files.createDirectories(directory.resolve("checkpoint").resolve("db"));
        Files.writeString(directory.resolve("checkpoint").resolve("db").resolve("000001.sst"), "part");
        open(directory, Durability.SYNCED).close();
        assertThat(directory.resolve("checkpoint")).doesNotExist();
    }
}
