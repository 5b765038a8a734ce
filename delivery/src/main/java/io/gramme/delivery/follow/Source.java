package io.gramme.delivery.follow;

import io.gramme.tables.log.LogView;
import java.util.Optional;

/** The log that a consumer reads: it appears, changes its shards, and disappears. */
@FunctionalInterface
public interface Source {

    /** The current state of the log; empty before it exists, and after it was deleted with its records. */
    Optional<LogView> span();
}
