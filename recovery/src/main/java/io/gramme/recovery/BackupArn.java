package io.gramme.recovery;

import io.gramme.core.error.BackupErrors;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a backup.
 *
 * @param region as the client gave it: it need not be that in which the backup is looked for (measured)
 */
public record BackupArn(String region, String table, ResourceId id) {
    private static final Pattern FORM =
            Pattern.compile("arn:([^:]*):([^:]*):([^:]*):([^:]*):table/([^/:]+)/backup/(.*)");
    private static final Pattern REGION = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** The ARN in a request; the checks in the order of the service. */
    public static BackupArn parse(AccountRegion caller, String arn) {
        Matcher parts = FORM.matcher(arn);
        if (!parts.matches()) {
            throw BackupErrors.noBackupArn();
        }
        boolean valid = parts.group(1).equals("aws")
                && parts.group(2).equals("dynamodb")
                && REGION.matcher(parts.group(3)).matches();
        if (!valid) {
            throw BackupErrors.badBackupArn();
        }
        if (!parts.group(4).equals(caller.account())) {
            throw BackupErrors.accessDenied();
        }
        ResourceId id = ResourceId.parse(parts.group(6)).orElseThrow(() -> BackupErrors.backupNotFound(arn));
        return new BackupArn(parts.group(3), parts.group(5), id);
    }

    static String of(TableName table, ResourceId id) {
        return table.arn() + "/backup/" + id;
    }
}
