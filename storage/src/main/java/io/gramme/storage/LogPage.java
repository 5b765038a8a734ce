package io.gramme.storage;

import java.util.List;

/**
 * A run of records of one log.
 *
 * @param exhausted whether the log held nothing after them when it was read; if not, go on after the last one
 * @param complete how far the log was complete when it was read: nothing else will come to stand before
 */
public record LogPage(List<LogRecord> records, boolean exhausted, LogPosition complete) {
    public LogPage {
        records = List.copyOf(records);
    }
}
