package io.gramme.storage;

import java.util.ArrayList;
import java.util.List;

/** Collects the rows of one page as far as its budget goes. For engines; not for use by several threads. */
public final class PageBuilder {
    private final Budget budget;
    private final List<Row> rows = new ArrayList<>();
    private long bytes;

    public PageBuilder(Budget budget) {
        this.budget = budget;
    }

    /** Takes the next row, or refuses it because the page is full; the page then ends with {@link #cut}. */
    public boolean add(Row row) {
        int length = row.value().length();
        if (!rows.isEmpty() && (isFull() || bytes + length > budget.bytes())) {
            return false;
        }
        rows.add(row);
        bytes += length;
        return true;
    }

    /** Whether any row would be refused, so that an engine need not load the next one: its being there is enough. */
    public boolean isFull() {
        return rows.size() >= budget.rows();
    }

    /** The page, if there are more rows that it had no room for. */
    public Page cut() {
        return new Page(rows, false);
    }

    /** The page, if there are no more rows. */
    public Page exhausted() {
        return new Page(rows, true);
    }
}
