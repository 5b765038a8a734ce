package io.gramme.storage.cassandra;

import com.datastax.oss.driver.api.core.cql.AsyncResultSet;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.gramme.storage.Append;
import io.gramme.storage.Budget;
import io.gramme.storage.LogPage;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The Cassandra tables of logs: a partition for each ten minutes of each log, since a log may be of any size and a
 * Cassandra partition may not, and a list of the existing partitions.
 */
final class LogTables {
    private static final long SPAN = Duration.ofMinutes(10).toNanos() / 1000;
    private static final int FIRST_PAGE = 100;
    private static final int MOST_KNOWN = 100_000;

    private record Span(PartitionKey log, long number) {}

    private final Cql cql;
    private final PreparedStatement note;
    private final PreparedStatement spans;
    private final PreparedStatement spansOfTablespace;
    private final PreparedStatement forgetSpan;
    private final PreparedStatement append;
    private final PreparedStatement read;
    private final PreparedStatement drop;
    private final PreparedStatement trim;
    private final Set<Span> known = ConcurrentHashMap.newKeySet();

    LogTables(Cql cql, CassandraOptions options) {
        this.cql = cql;
        String list = options.keyspace() + ".log_spans";
        String logs = options.keyspace() + ".logs";
        this.note = cql.prepare("INSERT INTO " + list + " (store, log, span) VALUES (?, ?, ?) USING TIMESTAMP ?");
        this.spans =
                cql.prepare("SELECT span FROM " + list + " WHERE store = ? AND log = ? AND span >= ? AND span <= ?");
        this.spansOfTablespace = cql.prepare("SELECT log, span FROM " + list + " WHERE store = ?");
        this.forgetSpan =
                cql.prepare("DELETE FROM " + list + " USING TIMESTAMP ? WHERE store = ? AND log = ? AND span = ?");
        this.append = cql.prepare("INSERT INTO " + logs
                + " (store, log, span, version, place, value) VALUES (?, ?, ?, ?, ?, ?) USING TIMESTAMP ?");
        this.read = cql.prepare("SELECT version, place, value FROM " + logs
                + " WHERE store = ? AND log = ? AND span = ?"
                + " AND (version, place) > (?, ?) AND (version, place) <= (?, ?)");
        this.drop = cql.prepare("DELETE FROM " + logs + " USING TIMESTAMP ? WHERE store = ? AND log = ? AND span = ?");
        this.trim = cql.prepare("DELETE FROM " + logs
                + " USING TIMESTAMP ? WHERE store = ? AND log = ? AND span = ? AND (version, place) <= (?, ?)");
    }

    CompletableFuture<?> append(Append record, LogPosition position) {
        long version = position.version();
        var span = new Span(record.log(), version / SPAN);
        return note(span, version)
                .thenCompose(_ -> cql.executeAsync(
                        append.bind(
                                span.log.tablespace().number(),
                                key(span.log),
                                span.number,
                                version,
                                position.index(),
                                Partitions.buffer(record.value()),
                                version),
                        Cql.QUORUM));
    }

    private CompletableFuture<?> note(Span span, long version) {
        if (known.contains(span)) {
            return CompletableFuture.completedFuture(true);
        }
        return cql.executeAsync(
                        note.bind(span.log.tablespace().number(), key(span.log), span.number, version), Cql.QUORUM)
                .thenAccept(_ -> {
                    if (known.size() > MOST_KNOWN) {
                        known.clear();
                    }
                    known.add(span);
                });
    }

    /** Records after one position, up to and including another, to which the log is complete. */
    LogPage read(PartitionKey log, LogPosition after, LogPosition last, Budget budget) {
        List<LogRecord> records = new ArrayList<>();
        long bytes = 0;
        for (long span : spans(log, after.version() / SPAN, last.version() / SPAN)) {
            int pageSize = Math.min(budget.rows() - records.size(), FIRST_PAGE - 1) + 1;
            AsyncResultSet page = cql.execute(
                    read.bind(
                                    log.tablespace().number(),
                                    key(log),
                                    span,
                                    after.version(),
                                    after.index(),
                                    last.version(),
                                    last.index())
                            .setPageSize(pageSize),
                    Cql.QUORUM);
            while (true) {
                for (Row row : page.currentPage()) {
                    LogRecord record = record(row);
                    long length = record.value().length();
                    if (!records.isEmpty() && (records.size() >= budget.rows() || bytes + length > budget.bytes())) {
                        return new LogPage(records, false, last);
                    }
                    records.add(record);
                    bytes += length;
                }
                if (!page.hasMorePages()) {
                    break;
                }
                page = cql.next(page);
            }
        }
        return new LogPage(records, true, last);
    }

    private List<Long> spans(PartitionKey log, long from, long to) {
        return cql.rows(spans.bind(log.tablespace().number(), key(log), from, to), Cql.QUORUM).stream()
                .map(row -> row.getLong("span"))
                .toList();
    }

    private static LogRecord record(Row row) {
        return new LogRecord(
                new LogPosition(row.getLong("version"), row.getInt("place")),
                Partitions.bytes(row.getByteBuffer("value")));
    }

    /**
     * Deletes whole time spans at once, and of the last span the records up to that position. The deletions bear the
     * stamps of the records, since otherwise a record with a version ahead of the wall clock would outlive them.
     */
    void trim(PartitionKey log, LogPosition last) {
        long lastSpan = last.version() / SPAN;
        var under = new ArrayList<CompletableFuture<?>>();
        for (long span : spans(log, 0, lastSpan)) {
            if (span < lastSpan) {
                under.add(forget(log, span, last.version()));
            } else {
                under.add(cql.executeAsync(
                        trim.bind(
                                last.version(),
                                log.tablespace().number(),
                                key(log),
                                span,
                                last.version(),
                                last.index()),
                        Cql.QUORUM));
            }
        }
        cql.awaitAll(under);
    }

    private CompletableFuture<?> forget(PartitionKey log, long span, long version) {
        return cql.executeAsync(drop.bind(version, log.tablespace().number(), key(log), span), Cql.QUORUM)
                .thenCompose(_ -> cql.executeAsync(
                        forgetSpan.bind(version, log.tablespace().number(), key(log), span), Cql.QUORUM));
    }

    /** Deletes some of the logs of a tablespace, up to that version; returns whether none is left. */
    boolean forgetSome(TablespaceId tablespace, int howMany, long version) {
        AsyncResultSet page =
                cql.execute(spansOfTablespace.bind(tablespace.number()).setPageSize(howMany), Cql.QUORUM);
        var under = new ArrayList<CompletableFuture<?>>();
        for (Row row : page.currentPage()) {
            var log = new PartitionKey(tablespace, Partitions.bytes(row.getByteBuffer("log")));
            known.remove(new Span(log, row.getLong("span")));
            under.add(forget(log, row.getLong("span"), version));
        }
        cql.awaitAll(under);
        return !page.hasMorePages();
    }

    private static ByteBuffer key(PartitionKey log) {
        return Partitions.buffer(log.key());
    }
}
