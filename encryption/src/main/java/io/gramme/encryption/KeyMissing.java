package io.gramme.encryption;

import io.gramme.storage.TablespaceId;
import java.util.Set;

/**
 * Ends a transition that needs keys which are not in memory: it must not call a key service or the store itself. The transaction runs
 * again when they are. An engine passes it through like any refusal.
 */
final class KeyMissing extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** A data key. */
    record Name(TablespaceId tablespace, int number, Place place) {}

    private final transient Set<Name> opening;
    private final transient Set<TablespaceId> sealing;

    KeyMissing(Set<Name> opening, Set<TablespaceId> sealing) {
        super("keys are not in memory", null, false, false);
        this.opening = Set.copyOf(opening);
        this.sealing = Set.copyOf(sealing);
    }

    Set<Name> opening() {
        return opening;
    }

    Set<TablespaceId> sealing() {
        return sealing;
    }
}
