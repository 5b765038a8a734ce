package io.gramme.storage.engine;

import io.gramme.storage.Budget;
import io.gramme.storage.Page;
import io.gramme.storage.Row;
import java.util.ArrayList;
import java.util.List;

/** Collects the rows of one page within its budget. For engines; for use by one thread. */
public final class PageBuilder {
    private final Budget budget;
    private final List<Row> rows = new ArrayList<>();
    private long bytes;

    public PageBuilder(Budget budget) {
        this.budget = budget;
    }

    /** Adds the next row, or refuses it because the page is full; the page then ends with {@link #cut}. */
    public boolean add(Row row) {
        int length = row.value().length();
        if (!rows.isEmpty() && (isFull() || bytes + length > budget.bytes())) {
            return false;
        }
        rows.add(row);
        bytes += length;
        return true;
    }

    /**
     * Whether any further row would be refused: then an engine need only know that a next row exists, and need not load
     * it.
     */
    public boolean isFull() {
        return rows.size() >= budget.rows();
    }

    /** The page when there are more rows than it had room for. */
    public Page cut() {
        return new Page(rows, false);
    }

    /** The page when there are no more rows. */
    public Page exhausted() {
        return new Page(rows, true);
    }
}
