package io.gramme.tables.check;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.storage.Row;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ExpiryRows;
import io.gramme.tables.item.Rows;
import io.gramme.tables.table.IndexLocation;
import io.gramme.tables.table.IndexMaintenance;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** An index that has an entry for every item that must have one, as computed and as found. */
final class CheckedIndex {
    private final String name;
    private final Optional<Integer> localKind;
    private final TablespaceId tablespace;
    private final Entries entries;
    private final String remedy;
    private final EntrySum expected = new EntrySum();
    private final EntrySum found = new EntrySum();
    private long foundBytes;

    /** The entry that an item must have, if it must have one. */
    private interface Entries {
        Optional<Write.Put> of(Item item);
    }

    private CheckedIndex(
            String name, Optional<Integer> localKind, TablespaceId tablespace, Entries entries, String remedy) {
        this.name = name;
        this.localKind = localKind;
        this.tablespace = tablespace;
        this.entries = entries;
        this.remedy = remedy;
    }

    /** Those indexes of a table that are complete and maintained; others are being built or deleted. */
    static List<CheckedIndex> of(Table table) {
        var indexes = new ArrayList<CheckedIndex>();
        for (SecondaryIndex index : table.indexes()) {
            if (index.isReadable()) {
                indexes.add(of(table, index));
            }
        }
        table.timeToLive()
                .filter(ttl -> ttl.maintenance() == IndexMaintenance.MAINTAIN && !ttl.isFilling())
                .ifPresent(ttl -> indexes.add(of(table, ttl)));
        return indexes;
    }

    private static CheckedIndex of(Table table, SecondaryIndex index) {
        return new CheckedIndex(
                "index " + index.name(),
                switch (index.location()) {
                    case IndexLocation.Local(var ordinal) -> Optional.of(Rows.LOCAL + ordinal);
                    case IndexLocation.Global _ -> Optional.empty();
                },
                index.isLocal() ? table.tablespace() : index.tablespace(),
                item -> Rows.entry(table, index, item),
                index.isLocal()
                        ? "export the table, and import it into a new one"
                        : "delete the index and create it again, with UpdateTable");
    }

    private static CheckedIndex of(Table table, TimeToLive timeToLive) {
        return new CheckedIndex(
                "time to live",
                Optional.empty(),
                timeToLive.tablespace(),
                item -> ExpiryRows.entry(table, timeToLive, item),
                "disable time to live and enable it again, with UpdateTimeToLive");
    }

    String name() {
        return name;
    }

    String remedy() {
        return remedy;
    }

    TablespaceId tablespace() {
        return tablespace;
    }

    /** The kind of its rows among those of the table, if it is local. */
    Optional<Integer> localKind() {
        return localKind;
    }

    Optional<Write.Put> entry(Item item) {
        return entries.of(item);
    }

    void expect(Item item) {
        entry(item).ifPresent(entry -> expected.add(entry.key(), ItemCodec.decode(entry.value())));
    }

    void find(Row row, Item entry) {
        found.add(row.key(), entry);
        foundBytes += Change.size(Optional.of(entry));
    }

    long foundCount() {
        return found.count();
    }

    long foundBytes() {
        return foundBytes;
    }

    boolean agrees() {
        return expected.isThatOf(found);
    }

    String counts() {
        return String.format(Locale.ROOT, "%,d entries, and its items have %,d", found.count(), expected.count());
    }
}
