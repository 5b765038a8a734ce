package io.gramme.server.follow;

import io.gramme.server.log.LogView;
import java.util.Optional;

/** Which log is followed: it comes, changes its shards, and goes. */
@FunctionalInterface
public interface Source {

    /** As it is now; nothing while it is not there yet, and once it is gone with its records. */
    Optional<LogView> span();
}
