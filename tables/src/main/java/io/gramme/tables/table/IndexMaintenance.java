package io.gramme.tables.table;

/**
 * What a write does to the entry of its item in an index that is being created or deleted.
 *
 * <p>An index is created in three steps, because writers that know of a step run beside writers that do not. If entries
 * were maintained from the first step on, a writer that does not know the index could change an item without changing
 * its entry, and nothing would ever repair that. So the first step only deletes entries: while any writer does not know
 * the index, there are none. The second step maintains them, beside writers that still delete them: each entry present
 * is correct, and the backfill makes the missing ones. The backfill, the third step, begins when every writer maintains
 * entries.
 */
public enum IndexMaintenance {
    /** Leaves the entry unchanged. */
    DISABLED,
    /** Deletes the entry if there is one, and writes none. */
    DELETE_ONLY,
    /** Makes the entry match the item. */
    MAINTAIN
}
