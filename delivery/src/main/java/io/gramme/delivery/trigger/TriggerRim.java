package io.gramme.delivery.trigger;

import io.gramme.delivery.follow.Runner;
import io.gramme.tables.table.RandomIds;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The clock, network, threads and files that triggers use.
 *
 * @param ids of new triggers
 * @param directory for files of failure records
 * @param letters the form of their lines
 * @param heapBytes of which triggers may use a part
 */
public record TriggerRim(
        InstantSource clock,
        RandomIds ids,
        Supplier<Http> clients,
        Runner runner,
        Optional<Path> directory,
        LetterCoding letters,
        long heapBytes) {
    private static final int MOST = 100;
    private static final int FEWEST = 4;

    /**
     * The heap required for each trigger: each is guaranteed the memory of one event, and these guarantees together
     * take at most a quarter of the heap.
     */
    private static final long HEAP_PER_TRIGGER = 4L * Events.MOST_BYTES;

    /** Failure records in clear. */
    public TriggerRim(
            InstantSource clock,
            RandomIds ids,
            Supplier<Http> clients,
            Runner runner,
            Optional<Path> directory,
            long heapBytes) {
        this(clock, ids, clients, runner, directory, LetterCoding.CLEAR, heapBytes);
    }

    /** Real threads and sockets, and failure records in clear. */
    public static TriggerRim real(InstantSource clock, RandomIds ids, Optional<Path> directory) {
        return real(clock, ids, directory, LetterCoding.CLEAR);
    }

    /** Real threads and sockets. */
    public static TriggerRim real(InstantSource clock, RandomIds ids, Optional<Path> directory, LetterCoding letters) {
        return new TriggerRim(
                clock,
                ids,
                WebClient::new,
                Runner.THREADS,
                directory,
                letters,
                Runtime.getRuntime().maxMemory());
    }

    /** How many triggers there may be. */
    int most() {
        return Math.clamp(heapBytes / HEAP_PER_TRIGGER, FEWEST, MOST);
    }
}
