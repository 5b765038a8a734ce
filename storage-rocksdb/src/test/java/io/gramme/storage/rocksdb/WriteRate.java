package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Durability;
import io.gramme.storage.Outcome;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import io.gramme.storage.testkit.Threads;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/** Prints how many acknowledged puts of 200 bytes a second so many virtual threads get. To be run by hand. */
final class WriteRate {
    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Bytes VALUE = Bytes.wrap(new byte[200]);

    private WriteRate() {}

    public static void main(String[] arguments) {
        for (Durability durability : Durability.values()) {
            var options = RocksStoreOptions.in(Path.of(arguments[0], durability.name()))
                    .with(durability);
            try (var store = RocksStore.open(options, InstantSource.system())) {
                for (int threads : new int[] {1, 8, 32, 128}) {
                    long rate = puts(store, threads) / EACH.toSeconds();
                    System.out.println(durability + " threads=" + threads + " puts/s=" + rate);
                }
            }
        }
    }

    private static long puts(RocksStore store, int threads) {
        var puts = new LongAdder();
        long end = System.nanoTime() + EACH.toNanos();
        Threads.run(threads, thread -> {
            for (int i = 0; System.nanoTime() < end; i++) {
                int n = i;
                RowKey key = key(1, "p" + thread + "-" + n, "i");
                store.transact(Set.of(key), _ -> new Outcome<>(List.of(new Write.Put(key, VALUE)), n));
                puts.increment();
            }
        });
        return puts.sum();
    }
}
