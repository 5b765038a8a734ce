package io.gramme.tables.capacity;

import io.gramme.storage.Consistency;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Change.EntryChange;

/**
 * What reads and writes cost, in half capacity units: the smallest cost is that of an eventually consistent read, half
 * a unit (developer guide: a read unit is 4 KB, a write unit 1 KB, both rounded up).
 */
public final class Units {
    /** Half units in a unit. */
    public static final int HALVES = 2;

    private static final int READ_UNIT = 4_096;
    private static final int WRITE_UNIT = 1_024;

    /** What is counted apart from each other. */
    public enum Kind {
        READ,
        WRITE
    }

    private Units() {}

    /** The half units of some bytes read from one partition at once: those of at least one read unit. */
    public static long ofRead(long bytes, Consistency consistency) {
        long units = Math.max(1, Math.ceilDiv(bytes, READ_UNIT));
        return consistency == Consistency.STRONG ? units * HALVES : units;
    }

    /** The half units of one item or index entry written: those of at least one write unit. */
    public static long ofWrite(long bytes) {
        return Math.max(1, Math.ceilDiv(bytes, WRITE_UNIT)) * HALVES;
    }

    /** The half units of the effect of a write on one index. An entry that moves is deleted and inserted. */
    public static long ofEntry(EntryChange entry) {
        long before = Change.size(entry.before());
        long after = Change.size(entry.after());
        return entry.moved() ? ofWrite(before) + ofWrite(after) : ofWrite(Math.max(before, after));
    }

    /** Half units as units. */
    public static double units(long halves) {
        return halves / (double) HALVES;
    }
}
