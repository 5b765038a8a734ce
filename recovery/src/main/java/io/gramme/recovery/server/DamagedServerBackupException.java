package io.gramme.recovery.server;

/** A backup of a server is not complete, or damaged. The message is a sentence for a person, and names the file. */
public final class DamagedServerBackupException extends RuntimeException {
    private static final long serialVersionUID = 1;

    DamagedServerBackupException(String message) {
        super(message);
    }
}
