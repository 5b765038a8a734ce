package io.gramme.storage.rocksdb;

/** The guarantee that a write has when it is acknowledged. */
public enum Durability {
    /** It has been synced to the disk: it survives a loss of power. */
    SYNCED,

    /**
     * It has been handed to the operating system, and is synced every {@link RocksStoreOptions#syncInterval}: it
     * survives the death of the process, but a loss of power may take the writes of the last interval, the latest
     * first. Readers may have seen them.
     */
    RELAXED
}
