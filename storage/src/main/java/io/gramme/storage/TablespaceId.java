package io.gramme.storage;

/**
 * Identifies a tablespace: the rows and logs of one table, index or change log, which are dropped together.
 *
 * @param number never used again after its tablespace was dropped
 */
public record TablespaceId(long number) {
    /** The tablespace of table definitions and of all rows that belong to no table. */
    public static final TablespaceId CATALOG = new TablespaceId(0);

    public TablespaceId {
        if (number < 0) {
            throw new IllegalArgumentException("tablespace=" + number);
        }
    }

    /** The number. */
    @Override
    public String toString() {
        return Long.toString(number);
    }
}
