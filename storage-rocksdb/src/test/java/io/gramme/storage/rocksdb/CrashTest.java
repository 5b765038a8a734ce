package io.gramme.storage.rocksdb;

import static io.gramme.storage.testkit.Verbs.key;
import static io.gramme.storage.testkit.Verbs.number;
import static io.gramme.storage.testkit.Verbs.put;
import static io.gramme.storage.testkit.Verbs.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.Durability;
import io.gramme.storage.Outcome;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Transition;
import io.gramme.storage.testkit.CountedRow;
import io.gramme.storage.testkit.Invariants;
import io.gramme.storage.testkit.Threads;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A process that is killed while it writes loses nothing that it acknowledged, and leaves no half transaction. */
@Tag("slow")
@Timeout(120)
class CrashTest {
    private static final int WRITERS = 8;
    private static final int CRASHES = 3;
    private static final String FILLER = " ".repeat(200);

    @TempDir
    Path directory;

    private static RowKey counter(int writer) {
        return key(1, "counter" + writer, "i");
    }

    /** The n-th row of a writer, in a partition that its writes share. */
    private static RowKey together(int writer, long n) {
        return key(1, "writer" + writer, "i" + n);
    }

    /** The n-th row of a writer, in a partition and a store of its own. */
    private static RowKey apart(int writer, long n) {
        return key(2, "writer" + writer + "-" + n, "i");
    }

    /** Counts up without end, one transaction a number, and prints each that was acknowledged. */
    static final class Writers {
        private Writers() {}

        public static void main(String[] arguments) {
            var options = RocksStoreOptions.in(Path.of(arguments[0])).with(Durability.valueOf(arguments[1]));
            try (var store = RocksStore.open(options, InstantSource.system())) {
                Threads.run(WRITERS, writer -> {
                    while (true) {
                        System.out.print(writer + " " + write(store, writer) + "\n");
                    }
                });
            }
        }

        private static long write(RowStore store, int writer) {
            return store.transact(Set.of(counter(writer)), current -> {
                long n = number(Transition.row(current, counter(writer))) + 1;
                var image = new CountedRow(counter(writer)).image(Transition.row(current, counter(writer)));
                return new Outcome<>(
                        List.of(
                                put(together(writer, n), FILLER),
                                put(counter(writer), Long.toString(n)),
                                put(apart(writer, n), FILLER)),
                        List.of(),
                        List.of(image),
                        n);
            });
        }
    }

    @ParameterizedTest
    @EnumSource(Durability.class)
    void nothingAcknowledgedIsLostWhenTheProcessIsKilled(Durability durability) throws Exception {
        var random = new Random();
        long[] acknowledged = new long[WRITERS];
        for (int crash = 0; crash < CRASHES; crash++) {
            try (var child = ChildProcess.start(Writers.class, directory.toString(), durability.name())) {
                String first = child.readLine() + "\n";
                Thread.startVirtualThread(() -> {
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(50, 1500)));
                    child.kill();
                });
                note(first + child.readRest(), acknowledged);
            }
            try (var store = RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system())) {
                for (int writer = 0; writer < WRITERS; writer++) {
                    check(store, writer, acknowledged[writer]);
                }
            }
        }
        assertThat(acknowledged).as("the writers did write").doesNotContain(0);
        try (var store = RocksStore.open(RocksStoreOptions.in(directory), InstantSource.system())) {
            Invariants.check(store, Set.of(new TablespaceId(1)), Set.of((int) 'i'));
        }
    }

    /** The last line may have been cut off: it counts only with its end. */
    private static void note(String output, long[] acknowledged) {
        output.substring(0, output.lastIndexOf('\n') + 1).lines().forEach(line -> {
            int space = line.indexOf(' ');
            acknowledged[Integer.parseInt(line, 0, space, 10)] = Long.parseLong(line, space + 1, line.length(), 10);
        });
    }

    private static void check(RowStore store, int writer, long acknowledged) {
        long written = number(row(store, counter(writer)));
        assertThat(written).isGreaterThanOrEqualTo(acknowledged);
        assertThat(new CountedRow(counter(writer)).check(store)).isEqualTo(written);
        for (long n = 1; n <= written; n++) {
            assertThat(row(store, together(writer, n))).isPresent();
            assertThat(row(store, apart(writer, n))).isPresent();
        }
        assertThat(row(store, together(writer, written + 1))).isEmpty();
        assertThat(row(store, apart(writer, written + 1))).isEmpty();
    }
}
