package io.gramme.storage.rocksdb;

/** What has happened to a write before it is acknowledged. */
public enum Durability {
    /** It has been synced to the disk: it survives a loss of power. */
    SYNCED,

    /**
     * It has been handed to the operating system, which is made to sync it every
     * {@link RocksStoreOptions#syncInterval}: it survives the death of the process, but a loss of power may take the
     * writes of the last interval, the latest first. Readers may have seen them.
     */
    RELAXED
}
