package io.gramme.server.table;

/**
 * What a write does with the entry of the item it changes, in an index that may be coming or going.
 *
 * <p>An index comes in three steps, because writers that have come to know of a step work beside others that have not.
 * Were entries kept from the first step on, one who does not know the index could change an item behind its entry, and
 * nothing would ever mend that. So at first entries are only cleared: as long as one is under way who knows nothing of
 * the index, there are none. Then they are kept, beside others who clear them: what is there is right, and what is
 * missing is made by the filling, which begins when everybody keeps them.
 */
public enum IndexMaintenance {
    /** Leaves it as it is. */
    DISABLED,
    /** Takes away what may be there, and puts nothing. */
    DELETE_ONLY,
    /** Makes it what the item is. */
    MAINTAIN
}
