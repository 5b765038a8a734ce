package io.gramme.storage.engine;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Append;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.Outcome;
import io.gramme.storage.Page;
import io.gramme.storage.Range;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Log records as rows, for engines that store them so: sorted by version, then by their index in the transaction. */
public final class LogRows {
    private static final Bytes KIND = Bytes.of(0x7f);

    private LogRows() {}

    /** All rows that a transaction of this version writes: its own rows, and its log records. */
    public static List<Write> writes(Outcome<?> outcome, long version) {
        var writes = new ArrayList<>(outcome.writes());
        writes.addAll(records(outcome, version));
        return writes;
    }

    /** The log records alone. */
    public static List<Write.Put> records(Outcome<?> outcome, long version) {
        var records = new ArrayList<Write.Put>(outcome.appends().size());
        for (int i = 0; i < outcome.appends().size(); i++) {
            Append append = outcome.appends().get(i);
            var key = new RowKey(append.log(), sort(new LogPosition(version, i)));
            records.add(new Write.Put(key, append.value()));
        }
        return records;
    }

    /** The rows after one position, up to and including another. */
    public static Range between(LogPosition after, LogPosition last) {
        return new Range(sort(after).next(), Optional.of(sort(last).next()));
    }

    /** The rows up to and including a position. */
    public static Range upTo(LogPosition last) {
        return new Range(KIND, Optional.of(sort(last).next()));
    }

    /** The log records in a page of rows, up to and including a position. */
    public static LogPage page(Page page, LogPosition complete) {
        return new LogPage(page.rows().stream().map(LogRows::record).toList(), page.exhausted(), complete);
    }

    /** The record that a row is. */
    public static LogRecord record(Row row) {
        Bytes sort = row.key().sort();
        var position = new LogPosition(sort.longAt(KIND.length()), sort.intAt(KIND.length() + Long.BYTES));
        return new LogRecord(position, row.value());
    }

    private static Bytes sort(LogPosition position) {
        return KIND.plus(Bytes.ofLong(position.version())).plus(Bytes.ofInt(position.index()));
    }
}
