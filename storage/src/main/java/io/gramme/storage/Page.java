package io.gramme.storage;

import java.util.List;

/**
 * A run of rows in the requested order.
 *
 * @param exhausted whether the range held nothing after them when it was read; if not, resume after the last one
 */
public record Page(List<Row> rows, boolean exhausted) {
    public Page {
        rows = List.copyOf(rows);
    }
}
