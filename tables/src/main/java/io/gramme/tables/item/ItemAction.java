package io.gramme.tables.item;

import io.gramme.core.item.Item;
import io.gramme.tables.table.Table;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One requested action on an item, bound to its names and values, and not yet validated against a table. Every
 * operation that writes items uses these.
 */
public sealed interface ItemAction permits PutAction, InsertAction, UpdateAction, DeleteAction, CheckAction {

    /** The action's write in a table, after the checks that need no stored item, in the service's order. */
    ItemWrite on(Table table);

    /** The attributes that an item and a condition name. */
    static Set<String> names(Item item, WriteCondition guard) {
        var names = new LinkedHashSet<>(item.attributes().keySet());
        names.addAll(guard.attributes());
        return names;
    }
}
