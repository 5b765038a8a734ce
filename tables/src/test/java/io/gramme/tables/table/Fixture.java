package io.gramme.tables.table;

import io.gramme.storage.RowStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.cluster.Peers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Tables over a memory store, in a time of their own. */
public final class Fixture implements InstantSource {
    public final RowStore store = new MemoryStore(this);
    private final TableOptions options;
    private Instant now = Samples.START;

    public Fixture(Duration delay) {
        this.options = new TableOptions(delay);
    }

    @Override
    public Instant instant() {
        return now;
    }

    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** The tables as a server finds them that starts now. */
    public Tables start() {
        return start(TableSealing.OFF);
    }

    /** The same with keys for its tables. */
    public Tables start(TableSealing sealing) {
        return new Tables(store, options, this, Peers.ALONE, sealing);
    }
}
