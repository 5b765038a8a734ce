package io.gramme.tables.check;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Consistency;
import io.gramme.storage.LogPosition;
import io.gramme.storage.LogRecord;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.PastRow;
import io.gramme.storage.RowKey;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.StoreInspection.Content;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.item.Rows;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory;
import io.gramme.tables.table.TableLog;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks the log of a table, and where the table also has history: that each change of the log is in the history, that
 * the item before it is the same in both, and that the last change of an item leaves it as it is now.
 */
final class LogCheck {
    private static final String REMEDY = "disable the stream and enable it again, or restore a backup";

    private final StoreInspection inspection;
    private final Findings findings;
    private final CheckProgress progress;
    private final Table table;
    private final String subject;
    private final OptionalLong historySince;
    private long records;

    LogCheck(StoreInspection inspection, Findings findings, CheckProgress progress, Table table, Instant now) {
        this.inspection = inspection;
        this.findings = findings;
        this.progress = progress;
        this.table = table;
        this.subject = TableCheck.subject(table);
        this.historySince = table.history().stream()
                .flatMap(history -> history.keepers().stream())
                .filter(keeper -> !keeper.isStarting())
                .mapToLong((TableHistory.Keeper keeper) -> keeper.oldest(now))
                .min();
    }

    /** The number of records. */
    long run() {
        table.log().ifPresent(this::log);
        return records;
    }

    private void log(TableLog log) {
        Set<PartitionKey> shards =
                table.partitions().all().stream().map(log::place).collect(Collectors.toUnmodifiableSet());
        each(log.tablespace(), (shard, record) -> {
            if (!shards.contains(shard)) {
                findings.damage(subject, "its log has a shard without a partition: " + shard.key(), REMEDY);
            }
            record(log, record);
        });
    }

    private interface Each {
        void record(PartitionKey shard, LogRecord record);
    }

    private void each(TablespaceId tablespace, Each each) {
        progress.begin(tablespace, Content.LOG);
        try {
            inspection.log(
                    tablespace,
                    (shard, record) -> {
                        records++;
                        progress.read(record.value().length());
                        each.record(shard, record);
                    },
                    cause -> findings.damage(subject, cause, REMEDY));
        } catch (StorageException e) {
            findings.damage(subject, "its log cannot be read to its end: " + TableCheck.reason(e), REMEDY);
        }
    }

    private void record(TableLog log, LogRecord record) {
        try {
            ChangeRecord change = ChangeRecord.decode(record.value());
            RowKey row = Rows.item(table, change.keys());
            if (historySince.isPresent() && record.position().version() > historySince.getAsLong()) {
                compare(log, record.position(), change, row);
            }
        } catch (StorageException e) {
            findings.damage(subject, "its history cannot be read: " + TableCheck.reason(e), REMEDY);
        } catch (RuntimeException e) {
            findings.damage(
                    subject,
                    "a record of its log cannot be decoded: " + record.position() + ": " + e.getMessage(),
                    REMEDY);
        }
    }

    private void compare(TableLog log, LogPosition position, ChangeRecord change, RowKey row) {
        long version = position.version();
        Optional<PastRow> image = inspection.store().history().first(row, LogPosition.behind(version - 1));
        if (image.filter(found -> found.changed() == version).isEmpty()) {
            report("its history lacks a change that is in its log", change, position);
            return;
        }
        if (change.before().isPresent() && !item(image.get().before()).equals(change.before())) {
            report("its history and its log have two states of one item before a change", change, position);
        }
        boolean isLast = inspection
                .store()
                .history()
                .first(row, LogPosition.behind(version))
                .isEmpty();
        if (isLast && log.images().after()) {
            Optional<Item> now =
                    inspection.store().get(row, Consistency.STRONG).flatMap(found -> StoredItem.item(found.value()));
            boolean knowsAfter = change.after().isPresent() || change.event() == ChangeRecord.Event.REMOVE;
            if (knowsAfter && !now.equals(change.after())) {
                report("an item is not what the last change in the log left", change, position);
            }
        }
    }

    private static Optional<Item> item(Optional<Bytes> row) {
        return row.flatMap(StoredItem::item);
    }

    private void report(String what, ChangeRecord change, LogPosition position) {
        findings.damage(subject, what + ": item " + change.keys() + " at " + position.time(), REMEDY);
    }
}
