package io.gramme.tables.table;

import java.time.Duration;

/**
 * The settings of table behaviour that the operator, not the client, chooses.
 *
 * @param delay the shortest time that a table stays CREATING, UPDATING or DELETING; with zero, it has settled by the
 *     time the client reads the answer that says so
 */
public record TableOptions(Duration delay) {
    public static final TableOptions DEFAULT = new TableOptions(Duration.ZERO);
}
