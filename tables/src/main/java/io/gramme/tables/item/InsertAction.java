package io.gramme.tables.item;

import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.Table;

/** Inserts a whole item if none has its key: PartiQL's INSERT, with the errors of that statement. */
public record InsertAction(Item item) implements ItemAction {

    @Override
    public ItemWrite on(Table table) {
        for (KeyAttribute attribute : table.key().attributes()) {
            Value value = item.get(attribute.name()).orElseThrow(() -> PartiqlErrors.keyMissing(attribute.name()));
            if (value.type() != attribute.type()) {
                throw PartiqlErrors.keyType(attribute.name());
            }
        }
        ItemWrite put = new PutAction(item, WriteCondition.NONE).on(table);
        return new ItemWrite(table, item, Action.PARTIQL_INSERT, put.attributes(), before -> {
            if (before.isPresent()) {
                throw PartiqlErrors.duplicateItem();
            }
            return put.edit().apply(before);
        });
    }
}
