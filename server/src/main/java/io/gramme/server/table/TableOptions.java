package io.gramme.server.table;

import java.time.Duration;

/**
 * How tables behave that is not the client's to choose.
 *
 * @param delay how long a table stays CREATING, UPDATING or DELETING at least; with none, it has settled by the time the
 *     client reads the answer that says so
 */
public record TableOptions(Duration delay) {
    public static final TableOptions DEFAULT = new TableOptions(Duration.ZERO);
}
