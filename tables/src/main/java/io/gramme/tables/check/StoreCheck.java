package io.gramme.tables.check;

import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.StoreInspection.Content;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.table.CatalogInspection;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableStatistics;
import io.gramme.tables.transaction.IdempotencyTokens;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Checks everything in a store: its definitions, and what each of them says must be there. For one thread. */
public final class StoreCheck {
    private static final String CATALOG = "catalog";
    private static final String RESTORE = "restore a backup of the server";

    private final StoreInspection inspection;
    private final Findings findings;
    private final Instant now;
    private final Map<Content, List<TablespaceId>> tablespaces = new EnumMap<>(Content.class);
    private final CheckProgress progress;

    /** What was read. */
    public record Totals(long tables, long items, long entries, long logRecords, long images) {}

    /**
     * @param listener receives the bytes that were read, and all
     * @param now decides which earlier states may be forgotten already
     */
    public StoreCheck(StoreInspection inspection, Findings findings, Instant now, Listener listener) {
        this.inspection = inspection;
        this.findings = findings;
        this.now = now;
        for (Content content : Content.values()) {
            tablespaces.put(content, tablespaces(content));
        }
        this.progress = new CheckProgress(inspection, tablespaces, listener::at);
    }

    private List<TablespaceId> tablespaces(Content content) {
        try {
            return List.copyOf(inspection.tablespaces(content));
        } catch (StorageException e) {
            findings.damage(
                    content.name().toLowerCase(Locale.ROOT),
                    "not all tablespaces can be read: " + TableCheck.reason(e),
                    RESTORE);
            return List.of();
        }
    }

    /** Receives the progress. */
    public interface Listener {
        void at(long bytes, long totalBytes);
    }

    public Totals run() {
        CatalogInspection catalog = catalog();
        long items = 0;
        long entries = 0;
        long records = 0;
        Optional<TableStatistics> statistics = statistics();
        for (Table table : catalog.tables()) {
            if (table.status() == Table.Status.DELETING) {
                // Its rows may be gone in part.
                continue;
            }
            var check = new TableCheck(inspection, findings, progress, table);
            check.run();
            items += check.items();
            entries +=
                    check.indexes().stream().mapToLong(CheckedIndex::foundCount).sum();
            records += new LogCheck(inspection, findings, progress, table, now).run();
            statistics.ifPresent(counted -> compare(table, check, counted));
            findings.summarize();
        }
        records += closedLogs(catalog);
        long images = histories();
        try {
            orphans(catalog);
        } catch (StorageException e) {
            findings.damage(CATALOG, "a row cannot be read: " + TableCheck.reason(e), RESTORE);
        }
        findings.summarize();
        return new Totals(catalog.tables().size(), items, entries, records, images);
    }

    private CatalogInspection catalog() {
        var catalog = new CatalogInspection();
        progress.begin(TablespaceId.CATALOG, Content.ROWS);
        try {
            inspection.rows(
                    TablespaceId.CATALOG,
                    row -> {
                        progress.read(row.value().length());
                        try {
                            catalog.add(row);
                        } catch (RuntimeException e) {
                            findings.damage(
                                    CATALOG, "a row cannot be decoded: " + row.key() + ": " + e.getMessage(), RESTORE);
                        }
                    },
                    cause -> findings.damage(CATALOG, cause, RESTORE));
            for (var _ : new Jobs(inspection.store()).all()) {
                // Each is decoded.
            }
        } catch (StorageException e) {
            findings.damage(CATALOG, "the catalog cannot be read to its end: " + TableCheck.reason(e), RESTORE);
        } catch (RuntimeException e) {
            findings.damage(CATALOG, "a job cannot be decoded: " + e.getMessage(), RESTORE);
        }
        findings.summarize();
        return catalog;
    }

    private Optional<TableStatistics> statistics() {
        try {
            return Optional.of(TableStatistics.stored(inspection.store()));
        } catch (RuntimeException e) {
            findings.note(CATALOG, "the counts of items cannot be read: " + e.getMessage(), RESTORE);
            return Optional.empty();
        }
    }

    /** A killed process loses the counts of its last seconds. */
    private void compare(Table table, TableCheck check, TableStatistics statistics) {
        TableStatistics.Size counted = statistics.of(table);
        if (counted.items() != check.items() || counted.bytes() != check.bytes()) {
            findings.note(
                    TableCheck.subject(table),
                    String.format(
                            Locale.ROOT,
                            "it has %,d items of %,d bytes, and ItemCount and TableSizeBytes say %,d of %,d",
                            check.items(),
                            check.bytes(),
                            counted.items(),
                            counted.bytes()),
                    "nothing: they are approximate, and decide when a partition is split");
        }
    }

    /** The logs of streams and subscriptions that have ended, and of departed tables. */
    private long closedLogs(CatalogInspection catalog) {
        var records = new long[1];
        for (Map.Entry<TablespaceId, String> log : catalog.closedLogs().entrySet()) {
            progress.begin(log.getKey(), Content.LOG);
            String remedy = "nothing, if no consumer reads it any more: it goes a day after its end";
            try {
                inspection.log(
                        log.getKey(),
                        (_, record) -> {
                            records[0]++;
                            progress.read(record.value().length());
                            try {
                                ChangeRecord.decode(record.value());
                            } catch (RuntimeException e) {
                                findings.damage(
                                        log.getValue(), "a record cannot be decoded: " + e.getMessage(), remedy);
                            }
                        },
                        cause -> findings.damage(log.getValue(), cause, remedy));
            } catch (StorageException e) {
                findings.damage(log.getValue(), "it cannot be read to its end: " + TableCheck.reason(e), remedy);
            }
        }
        return records[0];
    }

    private long histories() {
        var images = new long[1];
        String remedy = "disable point-in-time recovery of its table and enable it again, once its backups are sealed";
        for (TablespaceId tablespace : tablespaces.getOrDefault(Content.HISTORY, List.of())) {
            String subject = "history of tablespace " + tablespace;
            progress.begin(tablespace, Content.HISTORY);
            try {
                inspection.history(
                        tablespace,
                        image -> {
                            images[0]++;
                            progress.read(
                                    image.before().map(bytes -> bytes.length()).orElse(0));
                        },
                        cause -> findings.damage(subject, cause, remedy));
            } catch (StorageException e) {
                findings.damage(subject, "it cannot be read to its end: " + TableCheck.reason(e), remedy);
            }
        }
        return images[0];
    }

    private void orphans(CatalogInspection catalog) {
        Map<TablespaceId, String> owners = new HashMap<>(catalog.owners());
        owners.put(TablespaceId.CATALOG, CATALOG);
        IdempotencyTokens.tablespaces(inspection.store())
                .forEach(tablespace -> owners.put(tablespace, "idempotency tokens"));
        tablespaces.forEach((content, there) -> there.stream()
                .filter(tablespace -> !owners.containsKey(tablespace))
                .forEach(orphan -> orphan(orphan, content)));
    }

    private void orphan(TablespaceId orphan, Content content) {
        String subject = "tablespace " + orphan;
        String size = String.format(Locale.ROOT, "%,d bytes on the disk", inspection.bytes(orphan, content));
        switch (content) {
            case ROWS ->
                findings.damage(
                        subject,
                        "it has rows, and belongs to no table or index: " + size,
                        "if a table is missing, restore a backup; otherwise nothing: the rows only take space");
            case LOG, HISTORY ->
                findings.note(
                        subject,
                        "it has " + (content == Content.LOG ? "log records" : "earlier states")
                                + ", and belongs to no table: " + size,
                        "nothing: they only take space");
        }
    }
}
