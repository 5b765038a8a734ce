package io.gramme.storage;

import java.nio.file.Path;

/**
 * The files of a store as they were at one point of its log, in a directory of their own, which the engine opens like
 * any other. Closing it deletes them. A caller may copy or link the files, and changes none: they may be files of the
 * store as well.
 */
public interface Checkpoint extends AutoCloseable {
    /** Holds nothing but the files of the store, and their directories. */
    Path directory();

    /** Every change with this version or a lower one is in it, and no other. */
    long version();

    @Override
    void close();
}
