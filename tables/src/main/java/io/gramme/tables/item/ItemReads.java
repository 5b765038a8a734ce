package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
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

    private final Admission admission;
    private final KeyUse keyUse;

    ItemReads(RowReader rows, Access access, Admission admission) {
        this.rows = rows;
        this.pages = new PageReader(rows);
        this.access = access;
        this.admission = admission;
        this.keyUse = admission.keys();
    }

    public Optional<Item> get(Intent intent, Table table, Item key, Consistency consistency) {
        var target = new ReadTarget(table, Optional.empty());
        if (access.decides()) {
            requireAccess(intent, target, List.of(key));
        }
        RowKey row = Rows.item(table, key);
        long hash = row.partition().hash();
        Charge charge = admission.charge();
        admit(charge, target, key, hash);
        Optional<Item> item = rows.get(row, consistency).flatMap(found -> StoredItem.item(found.value()));
        charge.payRead(target, hash, Change.size(item), consistency, Factor.PLAIN);
        count(target, key, Change.size(item), consistency);
        return item;
    }

    /** The reads of items of one table by a batch. */
    public BatchReads batch(Intent intent, Table table, List<Item> keys, Consistency consistency) {
        if (access.decides()) {
            requireAccess(intent, new ReadTarget(table, Optional.empty()), keys);
        }
        return new BatchReads(this, rows, admission.charge(), table, consistency);
    }

    /** Passes the items of one page that a key condition selects to {@code each}, in order. */
    public End query(Intent intent, Query query, int limit, Consumer<Item> each) {
        if (access.decides()) {
            requireAccess(intent, query.target(), List.of(query.partitionKey()));
        }
        long hash = query.partition().hash();
        Charge charge = admission.charge();
        if (query.target().table().countsKeys()) {
            admit(charge, query.target(), query.partitionKey(), hash);
        } else {
            charge.admitRead(query.target(), hash);
        }
        End end = pages.query(query, limit, each);
        charge.payRead(query.target(), hash, end.bytes(), query.consistency(), Factor.PLAIN);
        if (query.target().table().countsKeys()) {
            count(query.target(), query.partitionKey(), end.bytes(), query.consistency());
        }
        return end;
    }

    /** Passes the items of one page of a segment to {@code each}, in the order of the partitions' hashes. */
    public End scan(Intent intent, Scan scan, int limit, Consumer<Item> each) {
        if (access.decides()) {
            requireAccess(intent, scan.target(), List.of());
        }
        long from = scan.begin();
        Charge charge = admission.charge();
        charge.admitRead(scan.target(), from);
        End end = pages.scan(scan, limit, each);
        var partitions = scan.target().partitions();
        int index = partitions.indexAt(from);
        for (long bytes : end.partitions()) {
            charge.payScan(scan.target(), partitions.open().get(index), bytes, scan.consistency());
            index++;
        }
        return end;
    }

    void admit(Charge charge, ReadTarget target, Item key, long hash) {
        try {
            charge.admitRead(target, hash);
        } catch (ApiException refusal) {
            if (target.table().countsKeys() && CapacityErrors.isThrottling(refusal)) {
                keyUse.readRefused(target, key, refusal);
            }
            throw refusal;
        }
    }

    void count(ReadTarget target, Item key, long bytes, Consistency consistency) {
        if (target.table().countsKeys()) {
            keyUse.read(target, key, bytes, consistency, Factor.PLAIN);
        }
    }

    /**
     * Judges reads of one request together, before the first of them.
     *
     * @param keys of all items or partitions that it reads
     * @return the intent for the reads themselves
     */
    public Intent allowed(Intent intent, ReadTarget target, List<Item> keys) {
        if (!access.decides()) {
            return intent;
        }
        requireAccess(intent, target, keys);
        return intent.allowed();
    }

    void requireAccess(Intent intent, ReadTarget target, List<Item> keys) {
        access.require(new Touch(
                intent.caller(),
                intent.action(),
                target.table(),
                target.index(),
                keys,
                intent.attributes(),
                intent.terms()));
    }
}
