package io.gramme.server;

/** The failures that an acknowledged write survives. */
public enum Durability {
    /** Writes are synced to disk: they survive a crash of the process and a loss of power. */
    SYNCED,
    /**
     * Writes are in the buffers of the operating system: they survive a crash of the process, but may be lost with the
     * power.
     */
    RELAXED
}
