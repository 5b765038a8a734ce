package io.gramme.storage;

import java.util.List;

/**
 * A run of records of one log.
 *
 * @param exhausted whether the log held nothing after them when it was read; if not, go on after the last one
 */
public record LogPage(List<LogRecord> records, boolean exhausted) {
    public LogPage {
        records = List.copyOf(records);
    }
}
