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
        if (!hasRoomFor(row.value().length())) {
            return false;
        }
        rows.add(row);
        bytes += row.value().length();
        return true;
    }

    /** Whether a row whose value has this length could be added: for engines that would rather not copy it in vain. */
    public boolean hasRoomFor(int valueLength) {
        return rows.isEmpty() || (rows.size() < budget.rows() && bytes + valueLength <= budget.bytes());
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
