package io.gramme.consistency.workload;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/**
 * The few items that all clients share, over two tables. A much used item gives way to a new one, so that lists do not
 * grow long; it stays for the last reading.
 */
final class Slots {
    private static final int USES = 120;
    private static final int PARTITIONS = 2;

    private final String prefix;
    private final List<Slot> all = new ArrayList<>();
    private final List<Slot> current = new ArrayList<>();
    private final Queue<Duty> duties = new ConcurrentLinkedQueue<>();

    /**
     * An item that was removed, or is yet to be made, and the list from which it continues: one client must put it
     * back.
     */
    record Duty(Slot slot, List<Long> list) {}

    Slots(String prefix, int atOnce) {
        this.prefix = prefix;
        for (int i = 0; i < atOnce; i++) {
            current.add(next());
        }
    }

    String lists() {
        return prefix + "lists";
    }

    String shelves() {
        return prefix + "shelves";
    }

    /** Every third can be removed, every second shares its partition with others. */
    private Slot next() {
        int number = all.size();
        boolean removable = number % 3 == 2;
        Slot slot = number % 2 == 0
                ? new Slot(lists(), "p: {S: 'k" + number + "'}", removable)
                : new Slot(
                        shelves(), "p: {S: 's" + number / 2 % PARTITIONS + "'}, s: {N: '" + number + "'}", removable);
        all.add(slot);
        if (removable) {
            owe(new Duty(slot, List.of()));
        }
        return slot;
    }

    synchronized Slot pick(RandomGenerator random) {
        int place = random.nextInt(current.size());
        Slot slot = current.get(place);
        if (slot.use() >= USES) {
            current.set(place, next());
        }
        return slot;
    }

    /** That many different slots. */
    List<Slot> pick(RandomGenerator random, int count) {
        Set<Slot> picked = new LinkedHashSet<>();
        while (picked.size() < count) {
            picked.add(pick(random));
        }
        return List.copyOf(picked);
    }

    /** Every item that was ever used. */
    synchronized List<Slot> all() {
        return List.copyOf(all);
    }

    void owe(Duty duty) {
        duties.add(duty);
    }

    Optional<Duty> duty() {
        return Optional.ofNullable(duties.poll());
    }
}
