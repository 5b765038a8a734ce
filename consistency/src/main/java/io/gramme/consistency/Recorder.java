package io.gramme.consistency;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Collects the operations of many clients. Safe for use by all of them at once. */
public final class Recorder {
    private final long start = System.nanoTime();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

    /** The begin of a request; to be called before it is sent. */
    public long now() {
        return System.nanoTime() - start;
    }

    /** Records the fate of a request, as soon as it is known. */
    public void add(int client, String name, long begin, Fate fate, List<Action> actions) {
        long end = fate == Fate.UNKNOWN ? Operation.NEVER : now();
        operations.add(new Operation(numbers.incrementAndGet(), client, name, begin, end, fate, actions));
    }

    /** The number of operations so far. */
    public int count() {
        return numbers.get();
    }

    public List<Operation> history() {
        return List.copyOf(operations);
    }
}
