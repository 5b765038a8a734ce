package io.gramme.storage.rocksdb;

/** The policy for a synced part of the write-ahead log that cannot be read any more. */
public enum LogLoss {
    /** Refuse to open the store, and report the damage. */
    REFUSE,

    /** Open it with the changes before the damage, put the rest aside, and log how much it was. */
    ACCEPT
}
