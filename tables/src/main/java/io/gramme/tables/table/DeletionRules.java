package io.gramme.tables.table;

import io.gramme.core.error.TableErrors;
import java.time.Instant;

/** The service's rules for when a table may be deleted. */
public final class DeletionRules {
    private DeletionRules() {}

    /** The table with its deletion started. Pure. */
    public static Table delete(Table before, Instant now) {
        switch (before.status()) {
            case CREATING -> throw TableErrors.beingCreated(before.name());
            case DELETING -> throw TableErrors.beingDeleted(before.name());
            case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> {}
        }
        if (before.settings().deletionProtected()) {
            throw TableErrors.protectedAgainstDeletion();
        }
        if (before.status().isLocked()) {
            // What is under way cannot go on.
            return before.with(Table.Status.DELETING, now);
        }
        boolean indexBusy = before.indexes().stream().anyMatch(index -> index.status() != SecondaryIndex.Status.ACTIVE);
        if (indexBusy) {
            throw TableErrors.deletedWithBusyIndexes();
        }
        if (before.isChanging()) {
            throw TableErrors.deletedWhileUpdated(before.name());
        }
        return before.with(Table.Status.DELETING, now);
    }
}
