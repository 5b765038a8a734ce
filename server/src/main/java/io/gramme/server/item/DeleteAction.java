package io.gramme.server.item;

import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.server.access.Action;
import io.gramme.server.table.Table;
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
