package io.gramme.cli;

import io.gramme.server.Engine;
import io.gramme.storage.cassandra.CassandraOptions;
import io.gramme.storage.cassandra.CassandraStore;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.time.Duration;

/** Where a server keeps its tables: one of the engines that the command has, with its options. */
sealed interface StorageChoice {
    record Memory(Duration indexDelay) implements StorageChoice {}

    record Disk(RocksStoreOptions options) implements StorageChoice {}

    record Cassandra(CassandraOptions options) implements StorageChoice {}

    default Engine engine() {
        return switch (this) {
            case Memory(Duration indexDelay) -> new Engine.Memory(indexDelay);
            case Disk(RocksStoreOptions options) ->
                new Engine.Disk(options.directory(), clock -> RocksStore.open(options, clock));
            case Cassandra(CassandraOptions options) -> new Engine.Shared(clock -> CassandraStore.open(options, clock));
        };
    }

    /** The place, as a user is told it. */
    default String text() {
        return switch (this) {
            case Memory _ -> "memory";
            case Disk(RocksStoreOptions options) -> options.directory() + durable(options);
            case Cassandra(CassandraOptions options) ->
                "Cassandra, keyspace " + options.keyspace() + " in " + options.datacenter();
        };
    }

    private static String durable(RocksStoreOptions options) {
        return switch (options.durability()) {
            case SYNCED -> ", on the disk before acknowledged";
            case RELAXED -> ", on the disk some time after acknowledged";
        };
    }
}
