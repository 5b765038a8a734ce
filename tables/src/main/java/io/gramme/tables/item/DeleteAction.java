package io.gramme.tables.item;

import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.Table;
import java.util.Optional;

/** Deletes the item with a key, if there is one. */
public record DeleteAction(Item key, WriteCondition guard) implements ItemAction {

    @Override
    public ItemWrite on(Table table) {
        KeyRules.requireKey(table.key(), key);
        guard.requireFits(table);
        return new ItemWrite(table, key, Action.DELETE_ITEM, () -> ItemAction.names(key, guard), before -> {
            guard.require(before);
            return Optional.empty();
        });
    }
}
