package io.gramme.server;

/** What an acknowledged write has survived. */
public enum Durability {
    /** It is on the disk: neither a crash of the process nor a loss of power takes it back. */
    SYNCED,
    /** It is with the operating system: a crash of the process does not take it back, a loss of power may. */
    RELAXED
}
