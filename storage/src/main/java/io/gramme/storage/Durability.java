package io.gramme.storage;

/** The failures that an acknowledged write survives. */
public enum Durability {
    /** It has been synced to the disk: it survives a crash of the process and a loss of power. */
    SYNCED,

    /**
     * It has been handed to the operating system, and is synced a moment later: it survives a crash of the process, but
     * a loss of power may take the last writes, the latest first. Readers may have seen them.
     */
    RELAXED
}
