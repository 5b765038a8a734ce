package io.gramme.tables.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeasesTest {
    private static final int WORKS = 6;

    private final Fleet fleet = new Fleet();

    /** A server with its works. */
    private final class Worker {
        final Fleet.Member member = fleet.join();
        final List<AtomicInteger> done = new ArrayList<>();
        final List<BackgroundJob.Pass> works = IntStream.range(0, WORKS)
                .mapToObj(work -> {
                    var count = new AtomicInteger();
                    done.add(count);
                    return member.membership.leased("work-" + work, () -> {
                        count.incrementAndGet();
                        return Duration.ZERO;
                    });
                })
                .toList();

        /** Which of the works are done when all are tried. */
        List<Integer> tried() throws InterruptedException {
            var did = new ArrayList<Integer>();
            for (int work = 0; work < WORKS; work++) {
                int before = done.get(work).get();
                works.get(work).run();
                if (done.get(work).get() > before) {
                    did.add(work);
                }
            }
            return did;
        }
    }

    private static List<Integer> all(Worker... workers) throws InterruptedException {
        var did = new ArrayList<Integer>();
        for (Worker worker : workers) {
            did.addAll(worker.tried());
        }
        return did;
    }

    @Test
    void aServerAloneDoesAllOfIt() throws Exception {
        var one = new Worker();
        assertThat(one.tried()).isEmpty();
        fleet.look(one.member);
        assertThat(one.tried()).containsExactly(0, 1, 2, 3, 4, 5);
    }

    @Test
    void eachWorkIsOneServersAtATimeAndTheyAreSpreadEvenly() throws Exception {
        var one = new Worker();
        var two = new Worker();
        fleet.pass(Duration.ofSeconds(1), one.member, two.member);
        assertThat(all(one, two)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(one.tried()).hasSize(3);

        var three = new Worker();
        for (int i = 0; i < 20; i++) {
            fleet.look(one.member, two.member, three.member);
            assertThat(all(one, two, three)).doesNotHaveDuplicates();
        }
        assertThat(all(one, two, three)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        assertThat(three.tried()).hasSize(2);
    }

    @Test
    void theWorkOfADeadServerIsTakenOver() throws Exception {
        var one = new Worker();
        var dead = new Worker();
        fleet.pass(Duration.ofSeconds(1), one.member, dead.member);
        assertThat(dead.tried()).hasSize(3);

        Duration waited = Duration.ZERO;
        while (one.tried().size() < WORKS) {
            assertThat(waited).isLessThan(Fleet.TIMING.evict().plusSeconds(1));
            fleet.pass(Fleet.TIMING.look(), one.member);
            waited = waited.plus(Fleet.TIMING.look());
            assertThat(all(one, dead)).as("never two at once").doesNotHaveDuplicates();
        }
        assertThat(dead.tried()).isEmpty();
    }

    @Test
    void theWorkOfAServerThatLeavesIsTakenOverAtOnce() throws Exception {
        var one = new Worker();
        var leaving = new Worker();
        fleet.pass(Duration.ofSeconds(1), one.member, leaving.member);
        leaving.member.membership.leave();
        fleet.look(one.member);
        assertThat(one.tried()).hasSize(WORKS);
        assertThat(leaving.tried()).isEmpty();
    }

    @Test
    void whoeverComesBackDoesNothingUntilItsLeasesAreItsOwnAgain() throws Exception {
        var one = new Worker();
        var back = new Worker();
        fleet.pass(Duration.ofSeconds(1), one.member, back.member);
        fleet.pass(Fleet.TIMING.evict().multipliedBy(2), one.member);
        for (int i = 0; i < 20; i++) {
            fleet.look(back.member, one.member);
            assertThat(all(one, back)).doesNotHaveDuplicates();
        }
        assertThat(back.tried()).hasSize(3);
    }

    @Test
    void whatRunsBesideAPassIsHandedOverWithIt() throws Exception {
        var one = fleet.join();
        var handedOver = new AtomicInteger();
        var pass = one.membership.leased("followers", new BackgroundJob.Pass() {
            @Override
            public Duration run() {
                return Duration.ZERO;
            }

            @Override
            public void handOver() {
                handedOver.incrementAndGet();
            }
        });
        fleet.look(one);
        pass.run();
        fleet.pass(Fleet.TIMING.selfFence());
        pass.run();
        pass.run();
        assertThat(handedOver).hasValue(1);
    }

    @Test
    void aPassUnderWayKeepsItsLease() throws Exception {
        var one = fleet.join();
        var inside = new ArrayList<Integer>();
        var pass = one.membership.leased("work-0", () -> {
            var other = new Worker();
            // On a thread of its own, as a membership is.
            Thread.ofVirtual()
                    .start(() -> fleet.pass(Duration.ofSeconds(3), one, other.member))
                    .join();
            inside.addAll(other.tried());
            return Duration.ZERO;
        });
        for (int work = 1; work < WORKS; work++) {
            one.membership.leased("work-" + work, () -> Duration.ZERO);
        }
        fleet.look(one);
        pass.run();
        assertThat(inside).hasSize(3).doesNotContain(0);
    }
}
