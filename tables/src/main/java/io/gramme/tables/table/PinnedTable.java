package io.gramme.tables.table;

/**
 * A table version that one operation holds until it is done. Until the operation closes it, everything that the
 * operation relies on remains: the backfill of an index added meanwhile does not begin, and a deleted tablespace is not
 * dropped. Owned by one thread.
 */
public final class PinnedTable implements AutoCloseable {
    private final TableVersion version;
    private final int stripe;
    private boolean closed;

    PinnedTable(TableVersion version, int stripe) {
        this.version = version;
        this.stripe = stripe;
    }

    public Table table() {
        return version.table();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            version.leave(stripe);
        }
    }
}
