package io.gramme.transfer.export;

/** A folder is not an export as it was written: an object is missing, torn or edited. The message names the object. */
public final class DamagedExportException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String key;

    DamagedExportException(String key, String reason) {
        super("The export is damaged at " + key + ": " + reason);
        this.key = key;
    }

    /** Of the object. */
    public String key() {
        return key;
    }
}
