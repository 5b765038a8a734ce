package io.gramme.microbenchmark;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** JMH benchmark of durable commits: many virtual threads, each with a durable transaction of one row. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Commits {
    private static final int WRITERS = 128;
    private static final Bytes VALUE = Bytes.wrap(new byte[1000]);

    /** The number of rows that the threads write; 1 is one hot row that all of them write. */
    @Param({"1", "1000"})
    public int rows;

    private @Nullable Path directory;
    private @Nullable RocksStore store;

    @Setup(Level.Trial)
    public void open() throws IOException {
        directory = Files.createTempDirectory("gramme-commits");
        store = RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system());
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
        if (store != null && directory != null) {
            store.close();
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(WRITERS)
    public int commit() throws Exception {
        RocksStore open = Objects.requireNonNull(store);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> writes = IntStream.range(0, WRITERS)
                    .mapToObj(i -> threads.submit(() -> write(open, i % rows)))
                    .toList();
            for (Future<Integer> write : writes) {
                write.get();
            }
        }
        return WRITERS;
    }

    private static int write(RocksStore store, int row) {
        var key = new RowKey(new PartitionKey(new TablespaceId(1), Bytes.utf8("p" + row)), Bytes.of(1));
        return store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, VALUE)), row));
    }
}
