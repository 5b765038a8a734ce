package io.gramme.tables.insight;

import java.util.concurrent.atomic.AtomicLong;

/** The memory that the earlier minutes of all rules take together. Safe for use by many threads. */
final class KeyMemory {
    private final long most;
    private final AtomicLong bytes = new AtomicLong();

    KeyMemory(long most) {
        this.most = most;
    }

    void add(long more) {
        bytes.addAndGet(more);
    }

    /** Whether rules have to forget minutes before their time. */
    boolean isExceeded() {
        return bytes.get() > most;
    }
}
