package io.gramme.storage;

import java.util.List;

/**
 * A run of changed rows in the requested order.
 *
 * @param exhausted whether the range held nothing after them when it was read; if not, resume after the last one
 */
public record PastPage(List<PastRow> rows, boolean exhausted) {
    public PastPage {
        rows = List.copyOf(rows);
    }
}
