package io.gramme.consistency.workload;

import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/** Counts conflicts, waits and completed requests of clients that contend for the same items. */
public final class Contention {
    private static final double NANOS_PER_MILLI = 1e6;

    private final long start = System.nanoTime();
    private final Queue<Client> clients = new ConcurrentLinkedQueue<>();
    private final Queue<Client> auditors = new ConcurrentLinkedQueue<>();

    Client client() {
        var client = new Client();
        clients.add(client);
        return client;
    }

    Client auditor() {
        var client = new Client();
        auditors.add(client);
        return client;
    }

    /** The counts of one client. */
    static final class Client {
        private final AtomicLong settled = new AtomicLong();
        private final AtomicLong conflicts = new AtomicLong();
        private final AtomicLong lost = new AtomicLong();
        private final AtomicLong longestNanos = new AtomicLong();

        Wait begins() {
            return new Wait(this, System.nanoTime());
        }
    }

    /** One request of a client, from its first sending to its final answer. */
    static final class Wait {
        private final Client client;
        private final long begin;
        private int conflicts;

        private Wait(Client client, long begin) {
            this.client = client;
            this.begin = begin;
        }

        /** Returns the number of conflicts so far. */
        int meetsConflict() {
            client.conflicts.incrementAndGet();
            return ++conflicts;
        }

        void isLost() {
            client.lost.incrementAndGet();
        }

        void ends() {
            client.settled.incrementAndGet();
            client.longestNanos.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }

    public long settled() {
        return sum(clients, client -> client.settled.get());
    }

    public long lost() {
        return sum(clients, client -> client.lost.get());
    }

    public long audits() {
        return sum(auditors, client -> client.settled.get());
    }

    /** The number of completed requests of the client that completed the fewest. */
    public long leastSettled() {
        return least(clients);
    }

    long leastAudited() {
        return least(auditors);
    }

    private static long least(Queue<Client> clients) {
        return clients.stream().mapToLong(client -> client.settled.get()).min().orElse(0);
    }

    private static long sum(Queue<Client> clients, ToLongFunction<Client> figure) {
        return clients.stream().mapToLong(figure).sum();
    }

    private static double longestMillis(Queue<Client> clients) {
        return clients.stream()
                        .mapToLong(client -> client.longestNanos.get())
                        .max()
                        .orElse(0)
                / NANOS_PER_MILLI;
    }

    /** A report of a few lines. */
    public String report() {
        double seconds = (System.nanoTime() - start) / NANOS_PER_MILLI / 1000;
        long conflicts = sum(clients, client -> client.conflicts.get());
        long auditConflicts = sum(auditors, client -> client.conflicts.get());
        long most =
                clients.stream().mapToLong(client -> client.settled.get()).max().orElse(0);
        return String.format(
                Locale.ROOT,
                "%d clients, %.1f s: %d transactions (%.0f/s), %.2f conflicts for each, %d without an answer;"
                        + " longest wait %.0f ms; a client settled %d to %d; %d audits, %.2f conflicts"
                        + " for each, longest wait %.0f ms",
                clients.size(),
                seconds,
                settled(),
                settled() / seconds,
                (double) conflicts / Math.max(1, settled()),
                lost(),
                longestMillis(clients),
                leastSettled(),
                most,
                audits(),
                (double) auditConflicts / Math.max(1, audits()),
                longestMillis(auditors));
    }
}
