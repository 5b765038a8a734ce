package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.index.IndexProjection;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** The table, or the index of a table, that a query or a scan reads. */
public record ReadTarget(Table table, Optional<SecondaryIndex> index) {

    /** The key schema that a query of it uses. */
    public KeySchema key() {
        return index.map(i -> i.index().key()).orElse(table.key());
    }

    /** The partitions that hold it: its own if it is a global index, otherwise those of the table. */
    public PartitionMap partitions() {
        return isGlobal() ? index.orElseThrow().partitions() : table.partitions();
    }

    /** The attributes of a position in it: those of its own key and those of the table's. */
    public List<String> positionNames() {
        var names = new LinkedHashSet<String>();
        index.ifPresent(i -> names.addAll(i.index().key().names()));
        names.addAll(table.key().names());
        return List.copyOf(names);
    }

    public boolean isGlobal() {
        return index.isPresent() && !index.get().isLocal();
    }

    /** Whether it has every attribute of the items. */
    public boolean carriesAll() {
        return index.isEmpty() || index.get().index().projection() instanceof IndexProjection.All;
    }

    public boolean carries(String attribute) {
        return index.isEmpty() || index.get().index().carries(attribute);
    }

    TablespaceId tablespace() {
        return isGlobal() ? index.orElseThrow().tablespace() : table.tablespace();
    }

    int kind() {
        return index.map(Rows::kind).orElse(Rows.ITEM);
    }

    Bytes prefix() {
        return Bytes.of(kind());
    }

    PartitionKey partition(List<Value> values) {
        return Rows.partition(table, tablespace(), values);
    }

    /** The row of an item or entry that has, or had, the attributes of {@code position}. */
    RowKey row(Item position) {
        return index.map(i -> Rows.entryKey(table, i, position)).orElseGet(() -> Rows.item(table, position));
    }
}
