package io.gramme.server.table;

/**
 * One operation's hold on a table: until it is closed, nothing that the operation may rely on goes away. An index that
 * was added meanwhile is not filled, and a store that was given up is not dropped, before it has been closed. Held by
 * one thread.
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
