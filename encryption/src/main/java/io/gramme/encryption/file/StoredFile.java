package io.gramme.encryption.file;

import java.io.IOException;
import java.io.InputStream;

/** The stored bytes of a sealed file. */
@FunctionalInterface
public interface StoredFile {
    /** The bytes from {@code offset} on; none if it is at or behind the end. */
    InputStream from(long offset) throws IOException;
}
