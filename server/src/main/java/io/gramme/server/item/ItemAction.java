package io.gramme.server.item;

import io.gramme.server.table.Table;

/**
 * One requested action on an item, bound to its names and values, and not yet validated against a table. Every
 * operation that writes items uses these.
 */
public sealed interface ItemAction permits PutAction, InsertAction, UpdateAction, DeleteAction, CheckAction {

    /** The action's write in a table, after the checks that need no stored item, in the service's order. */
    ItemWrite on(Table table);
}
