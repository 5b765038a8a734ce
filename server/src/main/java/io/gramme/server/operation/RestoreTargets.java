package io.gramme.server.operation;

import io.gramme.core.error.BackupErrors;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLoad;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** The rule about the name of a restored table. */
final class RestoreTargets {
    private RestoreTargets() {}

    /** Rejects a name that some table has, in any status. */
    static void requireFree(Tables tables, TableName target) {
        Optional<Table> found = tables.lookUp(target);
        if (found.isEmpty()) {
            return;
        }
        Optional<TableLoad.Restore> restore = found.get().loading().flatMap(TableLoad::restore);
        if (restore.isPresent()) {
            TableLoad.Restore running = restore.get();
            throw BackupErrors.targetBeingRestored(
                    target.name(),
                    running.backupArn().orElseGet(() -> running.source().arn()));
        }
        throw BackupErrors.targetExists(target.name());
    }
}
