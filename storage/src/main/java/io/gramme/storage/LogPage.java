package io.gramme.storage;

import java.util.List;

/**
 * A run of records of one log.
 *
 * @param exhausted whether the log held nothing after them when it was read; if not, resume after the last one
 * @param complete how far the log was complete when it was read: no record is ever added before this position
 */
public record LogPage(List<LogRecord> records, boolean exhausted, LogPosition complete) {
    public LogPage {
        records = List.copyOf(records);
    }
}
