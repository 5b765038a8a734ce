package io.gramme.server.item;

import io.gramme.server.table.Table;

/**
 * What a request wants done to one item: bound to its names and values, and not yet held against a table. Every
 * operation that writes items speaks in these.
 */
public sealed interface ItemAction permits PutAction, InsertAction, UpdateAction, DeleteAction, CheckAction {

    /** The write that this is in a table, checked in the service's order as far as that needs no stored item. */
    ItemWrite on(Table table);
}
