package io.gramme.tables.item;

import io.gramme.core.error.Errors;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Optional;

/** Writes a whole item, replacing any item with the same key. */
public record PutAction(Item item, WriteCondition guard) implements ItemAction {

    @Override
    public ItemWrite on(Table table) {
        requireSize(table);
        KeyRules.requireKeyIn(table.key(), item);
        requireIndexKeys(table);
        guard.requireFits(table);
        return new ItemWrite(table, item, Action.PUT_ITEM, () -> ItemAction.names(item, guard), before -> {
            guard.require(before);
            return Optional.of(item);
        });
    }

    private void requireSize(Table table) {
        if (WrittenSize.of(table, item) > ItemSize.MAX_ITEM) {
            throw Errors.itemTooLarge();
        }
    }

    private void requireIndexKeys(Table table) {
        for (SecondaryIndex index : table.indexes()) {
            if (index.isMaintained()) {
                KeyRules.requireIndexKeysIn(index.index(), item);
            }
        }
    }
}
