package io.gramme.encryption;

import io.gramme.storage.StorageException;

/** Sealed bytes that do not open where they were found. The message says where that is, and what is wrong. */
public final class SealBrokenException extends StorageException {
    private static final long serialVersionUID = 1;

    /** What is wrong with sealed bytes. */
    public enum Fault {
        /** No data key of this number is in the store. */
        KEY_MISSING("its data key is not in the store"),
        /** The bytes are as they were sealed, but for another row, another version, or under another key. */
        MISPLACED("it was sealed for another row, another version of this row, or with another key"),
        /** The bytes are not as they were sealed. */
        TORN("its bytes have changed since it was sealed");

        private final String text;

        Fault(String text) {
            this.text = text;
        }
    }

    private final Fault fault;

    SealBrokenException(Fault fault, Place place) {
        super("sealed data does not open, because " + fault.text + ": " + place);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
