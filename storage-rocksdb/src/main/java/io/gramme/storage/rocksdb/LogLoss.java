package io.gramme.storage.rocksdb;

/** What to do when a part of the write-ahead log that was synced cannot be read any more. */
public enum LogLoss {
    /** Refuse to open the store, and say what is damaged. */
    REFUSE,

    /** Open it with what lies before the damage, put the rest aside, and log how much it was. */
    ACCEPT
}
