package io.gramme.server.operation;

import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.EncryptionErrors;
import io.gramme.recovery.Backup;
import io.gramme.recovery.BackupArn;
import io.gramme.recovery.BackupFolder;
import io.gramme.recovery.Backups;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** What a request about backups names. */
final class BackupSources {
    private BackupSources() {}

    /** A table in use; one that is being created or deleted is reported as not found (measured). */
    static Table table(Tables tables, AccountRegion caller, String given) {
        Optional<Table> found = tables.lookUp(TableName.parse(caller, given));
        if (found.filter(Table::isInaccessible).isPresent()) {
            throw EncryptionErrors.keyAccessDenied();
        }
        return found.filter(table -> table.status().isUsable()).orElseThrow(() -> BackupErrors.tableNotFound(given));
    }

    /** The files of a backup that is sealed. */
    static BackupFolder folder(Backups backups, AccountRegion caller, String arn) {
        return backups.folder(backup(backups, caller, arn)).orElseThrow(() -> BackupErrors.notSealed(arn));
    }

    static Backup backup(Backups backups, AccountRegion caller, String arn) {
        return backups.find(caller, BackupArn.parse(caller, arn)).orElseThrow(() -> BackupErrors.backupNotFound(arn));
    }
}
