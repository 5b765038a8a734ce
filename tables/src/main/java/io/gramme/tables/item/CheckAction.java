package io.gramme.tables.item;

import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.Table;

/**
 * Checks a condition on the item with a key, without changing the item; cancels the transaction if the condition fails.
 */
public record CheckAction(Item key, WriteCondition guard) implements ItemAction {

    @Override
    public ItemWrite on(Table table) {
        KeyRules.requireKey(table.key(), key);
        guard.requireFits(table);
        return new ItemWrite(table, key, Action.CONDITION_CHECK_ITEM, () -> ItemAction.names(key, guard), before -> {
            guard.require(before);
            return before;
        });
    }
}
