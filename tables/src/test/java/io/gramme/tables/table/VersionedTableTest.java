package io.gramme.tables.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.storage.TablespaceId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class VersionedTableTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Table first = Samples.elaborate();
    private final Table second = first.with(Settings.DEFAULT);
    private final VersionedTable versioned = new VersionedTable(first);

    @Test
    void aUserKeepsTheTableItFound() {
        try (PinnedTable use = versioned.use()) {
            versioned.publish(second);

            assertThat(use.table()).isEqualTo(first);
            assertThat(versioned.table()).isEqualTo(second);
        }
    }

    @Test
    void usersOfTheTableAsItWasAreWaitedFor() {
        PinnedTable before = versioned.use();
        versioned.publish(second);
        assertThat(versioned.awaitLast(AT_ONCE)).isFalse();

        before.close();

        assertThat(versioned.awaitLast(AT_ONCE)).isTrue();
    }

    @Test
    void usersOfTheTableAsItIsAreNotWaitedFor() {
        versioned.publish(second);
        try (PinnedTable use = versioned.use()) {
            assertThat(use.table()).isEqualTo(second);
            assertThat(versioned.awaitLast(AT_ONCE)).isTrue();
        }
    }

    @Test
    void aUserOfAnEarlierTableIsWaitedForAcrossSeveralChanges() {
        PinnedTable before = versioned.use();
        versioned.publish(second);
        versioned.publish(first);
        versioned.use().close();
        assertThat(versioned.awaitLast(AT_ONCE)).isFalse();

        before.close();

        assertThat(versioned.awaitLast(AT_ONCE)).isTrue();
    }

    @Test
    void closingAUseTwiceDoesNotCloseAnother() {
        PinnedTable once = versioned.use();
        PinnedTable other = versioned.use();
        versioned.publish(second);

        once.close();
        once.close();

        assertThat(versioned.awaitLast(AT_ONCE)).isFalse();
        other.close();
        assertThat(versioned.awaitLast(AT_ONCE)).isTrue();
    }

    /** Each user checks that the generation it uses has not been declared out of use; publishers declare so. */
    @Test
    void noUserIsLeftWhenTheWaitIsOver() throws Exception {
        var unusedBelow = new AtomicLong();
        var going = new AtomicBoolean(true);
        var generations = new VersionedTable(generation(0));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> users = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                users.add(threads.submit(user(generations, unusedBelow, going)));
            }
            for (long next = 1; next <= 1_000; next++) {
                generations.publish(generation(next));
                assertThat(generations.awaitLast(LONG)).isTrue();
                unusedBelow.set(next);
            }
            going.set(false);
            assertThat(total(users)).isPositive();
        }
    }

    private static Callable<Long> user(VersionedTable generations, AtomicLong unusedBelow, AtomicBoolean going) {
        return () -> {
            long uses = 0;
            while (going.get()) {
                try (PinnedTable use = generations.use()) {
                    LockSupport.parkNanos(1_000);
                    assertThat(use.table().tablespace().number()).isGreaterThanOrEqualTo(unusedBelow.get());
                    uses++;
                }
            }
            return uses;
        };
    }

    private static long total(List<Future<Long>> users) throws InterruptedException, ExecutionException {
        long total = 0;
        for (Future<Long> user : users) {
            total += user.get();
        }
        return total;
    }

    private static Table generation(long number) {
        Table table = Samples.elaborate();
        return new Table(
                table.accountRegion(),
                table.name(),
                table.id(),
                new TablespaceId(number),
                table.created(),
                table.status(),
                table.since(),
                table.definitions(),
                table.key(),
                table.indexes(),
                table.partitions(),
                table.billing(),
                table.capacity(),
                table.settings(),
                table.log(),
                table.timeToLive(),
                table.history(),
                table.loading(),
                table.global(),
                table.blinding());
    }
}
