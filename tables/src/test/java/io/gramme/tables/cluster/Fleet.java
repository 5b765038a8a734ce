package io.gramme.tables.cluster;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.memory.MemoryStore;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Several servers over one store in virtual time, each of which does something only when it is told to. */
final class Fleet {
    static final Timing TIMING =
            new Timing(Duration.ofMillis(100), Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(8));

    final StaleReplica store = new StaleReplica(new MemoryStore(Clock.systemUTC()));
    private long now = 1;
    private int names;

    /** A server, and what it has taken up. */
    final class Member implements Listener {
        final Membership membership = Membership.join(store, TIMING, () -> now, () -> "server-" + ++names);
        final List<Bytes> takenUp = new ArrayList<>();
        int takenUpWhole;
        boolean settled = true;

        private Member() {
            membership.listen(this);
            look();
        }

        /** One round of everything that goes on beside each other. */
        private void look() {
            try {
                membership.run();
                membership.reloading().run();
                membership.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void reload(Set<Bytes> announced) {
            takenUp.addAll(announced);
        }

        @Override
        public void reloadAll() {
            takenUpWhole++;
        }

        @Override
        public boolean hasSettled() {
            return settled;
        }
    }

    Member join() {
        return new Member();
    }

    /** Time goes by while these servers work, and no others. */
    void pass(Duration time, Member... working) {
        for (Duration left = time; left.isPositive(); left = left.minus(TIMING.look())) {
            now += TIMING.look().toNanos();
            look(working);
        }
    }

    void look(Member... working) {
        for (Member member : working) {
            member.look();
        }
    }
}
