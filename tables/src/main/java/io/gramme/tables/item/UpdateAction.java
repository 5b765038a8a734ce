package io.gramme.tables.item;

import io.gramme.core.error.Errors;
import io.gramme.core.expression.Update;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.tables.access.Action;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Changes some attributes of an item, or creates the item if there is none.
 *
 * @param update empty to change nothing; it then creates an item of just the key if there is none
 */
public record UpdateAction(Item key, Optional<Update> update, WriteCondition guard, Measure measure)
        implements ItemAction {

    /** Which sizes count against the item size limit. */
    public enum Measure {
        /** The updated item, and the expression by itself: in UpdateItem (measured). */
        ITEM_AND_EXPRESSION,
        /** The updated item: of AttributeUpdates, in transactions and in PartiQL (measured). */
        ITEM
    }

    @Override
    public ItemWrite on(Table table) {
        KeyRules.requireKey(table.key(), key);
        update.ifPresent(actions -> requireKeyUntouched(table, actions));
        update.ifPresent(actions -> KeyPaths.requireScalar(table, actions.paths()));
        update.ifPresent(actions -> requireIndexKeyTypes(table, actions));
        guard.requireFits(table);
        return new ItemWrite(table, key, Action.UPDATE_ITEM, this::names, before -> {
            // The condition sees the stored item, without the key that a new item would have.
            guard.require(before);
            return updated(table, before);
        });
    }

    private Set<String> names() {
        Set<String> names = ItemAction.names(key, guard);
        // Those that it reads as well: a policy that hides an attribute must hide it from a copy, too.
        update.ifPresent(actions -> actions.paths().forEach(path -> names.add(path.root())));
        return names;
    }

    private static void requireKeyUntouched(Table table, Update update) {
        for (String attribute : update.attributes()) {
            if (table.key().attribute(attribute).isPresent()) {
                throw Errors.updatesKey(attribute);
            }
        }
    }

    private static void requireIndexKeyTypes(Table table, Update update) {
        if (table.indexes().isEmpty()) {
            return;
        }
        Map<String, Value> literals = update.literals();
        for (SecondaryIndex index : table.indexes()) {
            if (index.isMaintained()) {
                KeyRules.requireIndexKeyTypes(index.index(), literals);
            }
        }
    }

    private Optional<Item> updated(Table table, Optional<Item> before) {
        if (update.isEmpty()) {
            return Optional.of(before.orElse(key));
        }
        Item after = update.get().apply(before.orElse(key)).item();
        for (SecondaryIndex index : table.indexes()) {
            if (index.isMaintained()) {
                KeyRules.requireIndexKeysAfterUpdate(index.index(), after);
            }
        }
        requireFits(table, update.get(), after);
        // Measured: an update that only clears creates no item, while one without any action does.
        return before.isEmpty() && update.get().onlyClears() ? Optional.empty() : Optional.of(after);
    }

    private void requireFits(Table table, Update actions, Item after) {
        boolean fits = switch (measure) {
            case ITEM -> true;
            case ITEM_AND_EXPRESSION -> actions.expressionSize() <= ItemSize.MAX_ITEM;
        };
        if (!fits || WrittenSize.of(table, after) > ItemSize.MAX_ITEM) {
            throw Errors.updatedItemTooLarge();
        }
        if (after.attributes().values().stream().anyMatch(value -> ItemSize.depth(value) > ItemSize.MAX_DEPTH)) {
            throw Errors.nestedTooDeep();
        }
    }
}
