package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.core.item.StoredItem;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowReader;
import io.gramme.tables.access.Access;
import io.gramme.tables.access.Access.Touch;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.item.PageReader.End;
import io.gramme.tables.item.PageReader.Query;
import io.gramme.tables.item.PageReader.Scan;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads of items, as they are now or as they were at one position: the half of {@link ItemStore} that reads. Safe for
 * use by many threads.
 */
public final class ItemReads {
    private final RowReader rows;
    private final PageReader pages;
    private final Access access;

    /** Whether {@code access} decides anything; if not, what is touched is not even described. */
    private final boolean restricted;

    private final Admission admission;

    ItemReads(RowReader rows, Access access, Admission admission) {
        this.rows = rows;
        this.pages = new PageReader(rows);
        this.access = access;
        this.restricted = access.decides();
        this.admission = admission;
    }

    public Optional<Item> get(Intent intent, Table table, Item key, Consistency consistency) {
        var target = new ReadTarget(table, Optional.empty());
        if (restricted) {
            requireAccess(intent, target, List.of(key));
        }
        RowKey row = Rows.item(table, key);
        long hash = row.partition().hash();
        admission.admitRead(target, hash);
        Optional<Item> item = rows.get(row, consistency).flatMap(found -> StoredItem.item(found.value()));
        admission.chargeRead(target, hash, Change.size(item), consistency, Factor.PLAIN);
        return item;
    }

    /** Reads some items, each as of a moment of its own; returns them in the order of {@code keys}. */
    public List<Optional<Item>> getAll(Intent intent, Table table, List<Item> keys, Consistency consistency) {
        var target = new ReadTarget(table, Optional.empty());
        if (restricted) {
            requireAccess(intent, target, keys);
        }
        List<RowKey> at = keys.stream().map(key -> Rows.item(table, key)).toList();
        at.forEach(row -> admission.admitRead(target, row.partition().hash()));
        List<Optional<Item>> items = rows.getAll(at, consistency).stream()
                .map(found -> found.flatMap(row -> StoredItem.item(row.value())))
                .toList();
        for (int i = 0; i < items.size(); i++) {
            long hash = at.get(i).partition().hash();
            admission.chargeRead(target, hash, Change.size(items.get(i)), consistency, Factor.PLAIN);
        }
        return items;
    }

    /** Passes the items of one page that a key condition selects to {@code each}, in order. */
    public End query(Intent intent, Query query, int limit, Consumer<Item> each) {
        if (restricted) {
            requireAccess(intent, query.target(), List.of(query.partitionKey()));
        }
        long hash = query.partition().hash();
        admission.admitRead(query.target(), hash);
        End end = pages.query(query, limit, each);
        admission.chargeRead(query.target(), hash, end.bytes(), query.consistency(), Factor.PLAIN);
        return end;
    }

    /** Passes the items of one page of a segment to {@code each}, in the order of the partitions' hashes. */
    public End scan(Intent intent, Scan scan, int limit, Consumer<Item> each) {
        if (restricted) {
            requireAccess(intent, scan.target(), List.of());
        }
        long from = scan.begin();
        admission.admitRead(scan.target(), from);
        End end = pages.scan(scan, limit, each);
        var partitions = scan.target().partitions();
        int index = partitions.indexAt(from);
        for (long bytes : end.partitions()) {
            long hash = partitions.open().get(index).first();
            admission.chargeRead(scan.target(), hash, bytes, scan.consistency(), Factor.PLAIN);
            index++;
        }
        return end;
    }

    void requireAccess(Intent intent, ReadTarget target, List<Item> keys) {
        access.require(new Touch(
                intent.principal(), intent.action(), target.table(), target.index(), keys, intent.attributes()));
    }
}
