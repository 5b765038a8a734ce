package io.gramme.encryption.file;

import java.io.IOException;

/** A sealed file is not as it was written, or is another than it is taken for. The message says what is wrong, without its name. */
public final class DamagedFileException extends IOException {
    private static final long serialVersionUID = 1;

    public DamagedFileException(String reason) {
        super(reason);
    }
}
