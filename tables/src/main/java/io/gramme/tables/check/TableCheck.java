package io.gramme.tables.check;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Consistency;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.Row;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.StoreInspection.Content;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.Rows;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Checks the items of one table, and its indexes against them. Items and entries are read once, in the order in which
 * they lie; only where an index does not agree is everything read again, to name the items.
 */
final class TableCheck {
    private static final String LOST = "restore a backup, or put the item again";

    private final StoreInspection inspection;
    private final Findings findings;
    private final CheckProgress progress;
    private final Table table;
    private final String subject;
    private final List<CheckedIndex> indexes;
    private long items;
    private long bytes;

    // The item collection that is being read, in tables with local indexes.
    private @Nullable PartitionKey collection;
    private Optional<Long> collectionStored = Optional.empty();
    private long collectionBytes;

    TableCheck(StoreInspection inspection, Findings findings, CheckProgress progress, Table table) {
        this.inspection = inspection;
        this.findings = findings;
        this.progress = progress;
        this.table = table;
        this.subject = subject(table);
        this.indexes = CheckedIndex.of(table);
    }

    static String subject(Table table) {
        return "table " + table.name() + ", account " + table.accountRegion().account() + ", region "
                + table.accountRegion().region();
    }

    void run() {
        read(table.tablespace(), this::row);
        endCollection();
        for (CheckedIndex index : indexes) {
            if (index.localKind().isEmpty()) {
                read(index.tablespace(), row -> entry(index, row));
            }
        }
        for (CheckedIndex index : indexes) {
            if (!index.agrees()) {
                explain(index);
            }
        }
    }

    long items() {
        return items;
    }

    long bytes() {
        return bytes;
    }

    List<CheckedIndex> indexes() {
        return indexes;
    }

    private void read(TablespaceId tablespace, Consumer<Row> each) {
        progress.begin(tablespace, Content.ROWS);
        try {
            inspection.rows(
                    tablespace,
                    row -> {
                        progress.read(
                                (long) row.key().sort().length() + row.value().length());
                        each.accept(row);
                    },
                    cause -> findings.damage(subject, cause, LOST));
        } catch (StorageException e) {
            findings.damage(
                    subject,
                    "tablespace " + tablespace + " cannot be read to its end: " + reason(e),
                    "restore a backup of the table");
        }
    }

    static String reason(StorageException e) {
        return e.getCause() == null
                ? String.valueOf(e.getMessage())
                : e.getMessage() + ": " + e.getCause().getMessage();
    }

    private void row(Row row) {
        if (table.hasLocalIndexes() && !Objects.equals(row.key().partition(), collection)) {
            endCollection();
            collection = row.key().partition();
        }
        int kind = row.key().sort().at(0);
        switch (kind) {
            case Rows.ITEM ->
                decoded(row, this::item).ifPresent(item -> {
                    items++;
                    bytes += Change.size(Optional.of(item));
                    collectionBytes += Change.size(Optional.of(item));
                    indexes.forEach(index -> index.expect(item));
                });
            case Rows.COLLECTION ->
                collectionStored = decoded(row, one -> Optional.of(one.value().longAt(0)));
            default -> localEntry(row, kind);
        }
    }

    private void localEntry(Row row, int kind) {
        Optional<CheckedIndex> index = indexes.stream()
                .filter(one -> one.localKind().equals(Optional.of(kind)))
                .findFirst();
        if (index.isPresent()) {
            entry(index.get(), row);
        } else {
            findings.damage(subject, "a row has an unknown kind: " + kind + " at " + row.key(), LOST);
        }
    }

    private void entry(CheckedIndex index, Row row) {
        decoded(row, one -> Optional.of(ItemCodec.decode(one.value()))).ifPresent(entry -> {
            index.find(row, entry);
            if (index.localKind().isPresent()) {
                collectionBytes += Change.size(Optional.of(entry));
            }
        });
    }

    /** The item of a row, if it is one, and where its key says that it is; a tombstone is none. */
    private Optional<Item> item(Row row) {
        Optional<Item> item = StoredItem.item(row.value());
        if (item.isPresent() && !Rows.item(table, item.get()).equals(row.key())) {
            findings.damage(subject, "an item is not where its key says: " + key(item.get()), LOST);
            return Optional.empty();
        }
        return item;
    }

    private interface Decoder<T> {
        Optional<T> of(Row row);
    }

    /** Bytes that are no item end in some RuntimeException. */
    private <T> Optional<T> decoded(Row row, Decoder<T> decoder) {
        try {
            return decoder.of(row);
        } catch (RuntimeException e) {
            findings.damage(subject, "a row cannot be decoded: " + row.key() + ": " + e.getMessage(), LOST);
            return Optional.empty();
        }
    }

    private void endCollection() {
        if (collection != null) {
            long stored = collectionStored.orElse(0L);
            if (stored != collectionBytes) {
                findings.damage(
                        subject,
                        String.format(
                                Locale.ROOT,
                                "the item collection at %s has %,d bytes, and is counted as %,d",
                                collection.key(),
                                collectionBytes,
                                stored),
                        "export the table, and import it into a new one; the count bounds item collections");
            }
        }
        collection = null;
        collectionStored = Optional.empty();
        collectionBytes = 0;
    }

    /** Reads items and entries once more, to say which do not agree. */
    private void explain(CheckedIndex index) {
        findings.damage(subject, index.name() + " has " + index.counts(), index.remedy());
        read(table.tablespace(), row -> {
            if (row.key().sort().at(0) == Rows.ITEM) {
                quietly(row).ifPresent(item -> explainItem(index, item));
            }
        });
        read(index.tablespace(), row -> {
            int kind = row.key().sort().at(0);
            if (kind == index.localKind().orElse(Rows.ITEM)) {
                explainEntry(index, row);
            }
        });
    }

    private static Optional<Item> quietly(Row row) {
        try {
            return StoredItem.item(row.value());
        } catch (RuntimeException _) {
            // It was reported when it was read first.
            return Optional.empty();
        }
    }

    private void explainItem(CheckedIndex index, Item item) {
        Optional<Write.Put> wanted = index.entry(item);
        if (wanted.isEmpty()) {
            return;
        }
        Optional<Row> there = inspection.store().get(wanted.get().key(), Consistency.STRONG);
        if (there.isEmpty()) {
            findings.damage(subject, index.name() + " lacks the entry of the item " + key(item), index.remedy());
        } else if (!isSame(there.get().value(), wanted.get().value())) {
            findings.damage(subject, index.name() + " has an outdated entry of the item " + key(item), index.remedy());
        }
    }

    private static boolean isSame(Bytes entry, Bytes other) {
        try {
            return ItemCodec.decode(entry).equals(ItemCodec.decode(other));
        } catch (RuntimeException _) {
            return false;
        }
    }

    private void explainEntry(CheckedIndex index, Row row) {
        try {
            Item entry = ItemCodec.decode(row.value());
            boolean wanted = inspection
                    .store()
                    .get(Rows.item(table, entry), Consistency.STRONG)
                    .flatMap(TableCheck::quietly)
                    .flatMap(index::entry)
                    .filter(put -> put.key().equals(row.key()))
                    .isPresent();
            if (!wanted) {
                findings.damage(subject, index.name() + " has an entry without its item " + key(entry), index.remedy());
            }
        } catch (RuntimeException _) {
            // It was reported when it was read first.
        }
    }

    private Item key(Item item) {
        return item.only(table.key().names());
    }
}
