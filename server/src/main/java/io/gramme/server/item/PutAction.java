package io.gramme.server.item;

import io.gramme.core.error.Errors;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import java.util.Optional;

/** Writes a whole item in place of any that has its key. */
public record PutAction(Item item, Guard guard) implements ItemAction {

    @Override
    public ItemWrite on(Table table) {
        guard.requireFits(table);
        KeyRules.requireKeyIn(table.key(), item);
        for (SecondaryIndex index : table.indexes()) {
            if (index.isMaintained()) {
                KeyRules.requireIndexKeysIn(index.index(), item);
            }
        }
        if (ItemSize.of(item) > ItemSize.MAX_ITEM) {
            throw Errors.itemTooLarge();
        }
        return new ItemWrite(table, item, before -> {
            guard.require(before);
            return Optional.of(item);
        });
    }
}
