package io.gramme.server.table;

/**
 * A table version that one operation holds until it is done. Until the operation closes it, everything that the
 * operation relies on remains: the backfill of an index added meanwhile does not begin, and a deleted tablespace is not
 * dropped. Owned by one thread.
 */
public final class PinnedTable implements AutoCloseable {
    private final TableVersion edition;
    private final int stripe;
    private boolean closed;

    PinnedTable(TableVersion edition, int stripe) {
        this.edition = edition;
        this.stripe = stripe;
    }

    public Table table() {
        return edition.table();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            edition.leave(stripe);
        }
    }
}
