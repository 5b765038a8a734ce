package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/** The wording of each message about backups of a whole server: ours, as the operations are. */
public final class ServerBackupErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private ServerBackupErrors() {}

    /** @param reason and what to do instead, as a sentence without a full stop */
    public static ApiException unsupported(String reason) {
        return VALIDATION.because(reason);
    }

    /** @param root the directory in which backups may be made */
    public static ApiException outside(String directory, String root) {
        return VALIDATION.because(INVALID + "Directory is the name of a new directory in " + root
                + ", of letters, digits, '-', '_' and '.', and not " + directory
                + "; 'gramme serve --server-backups' chooses where backups of the server are made");
    }

    public static ApiException exists(String directory) {
        return VALIDATION.because(INVALID + "Directory " + directory + " exists already; name another one");
    }

    public static ApiException cannotWrite(String directory, String reason) {
        return VALIDATION.because(INVALID + "Directory " + directory + " cannot be made: " + reason);
    }

    public static ApiException another(String directory) {
        return VALIDATION.because("Another backup of the server is being made: " + directory);
    }

    /** Only the last backup that a server began is known to it. */
    public static ApiException notFound(String directory) {
        return RESOURCE_NOT_FOUND.because(
                "Requested resource not found: Backup of the server: " + directory + " was not begun by this process");
    }
}
