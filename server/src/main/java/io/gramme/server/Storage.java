package io.gramme.server;

import io.gramme.storage.RowStore;
import io.gramme.storage.cassandra.CassandraOptions;
import io.gramme.storage.cassandra.CassandraStore;
import io.gramme.storage.engine.LaggingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.rocksdb.LogLoss;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.tables.cluster.Membership;
import io.gramme.tables.cluster.Peers;
import io.gramme.tables.cluster.Timing;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.SplittableRandom;

/**
 * The opened store of a server, and the servers that share it.
 *
 * @param store refuses calls while the server is out of touch with its peers
 */
record Storage(RowStore store, Peers peers) {
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PURGE = Duration.ofMinutes(1);

    static Storage open(StorageOptions options, CloseStack parts, InstantSource clock, SplittableRandom random) {
        return switch (options) {
            case StorageOptions.Memory memory -> inMemory(memory.indexDelay(), parts, clock);
            case StorageOptions.Disk disk -> own(onDisk(disk, clock), parts);
            case StorageOptions.Shared shared -> shared(shared.cluster(), parts, clock, random);
        };
    }

    private static Storage own(RowStore store, CloseStack parts) {
        parts.push(store::close);
        return new Storage(store, Peers.ALONE);
    }

    private static Storage inMemory(Duration indexDelay, CloseStack parts, InstantSource clock) {
        if (!indexDelay.isPositive()) {
            return own(new MemoryStore(clock), parts);
        }
        var lagging = new LaggingStore(new MemoryStore(clock), indexDelay, clock);
        Storage storage = own(lagging, parts);
        parts.push(BackgroundJob.start("gramme-index-delay", lagging::deliverDue)::close);
        return storage;
    }

    private static RowStore onDisk(StorageOptions.Disk disk, InstantSource clock) {
        var durability = switch (disk.durability()) {
            case SYNCED -> io.gramme.storage.rocksdb.Durability.SYNCED;
            case RELAXED -> io.gramme.storage.rocksdb.Durability.RELAXED;
        };
        RocksStoreOptions options = RocksStoreOptions.in(disk.data())
                .with(durability)
                .withBlockCache(disk.cacheBytes())
                .withReserve(disk.reserveBytes())
                .with(disk.acceptLogLoss() ? LogLoss.ACCEPT : LogLoss.REFUSE);
        return RocksStore.open(options, clock);
    }

    private static Storage shared(
            CassandraCluster cluster, CloseStack parts, InstantSource clock, SplittableRandom random) {
        CassandraStore store = CassandraStore.open(options(cluster), clock);
        parts.push(store::close);
        SplittableRandom names = random.split();
        var membership =
                Membership.join(store, Timing.DEFAULT, System::nanoTime, () -> Long.toHexString(names.nextLong()));
        parts.push(membership::leave);
        parts.push(BackgroundJob.start("gramme-membership", membership)::close);
        parts.push(BackgroundJob.start("gramme-announcements", membership.reloading())::close);
        // Finishes commits that a server left incomplete, and deletes the rows of dropped tablespaces.
        parts.push(BackgroundJob.start("gramme-recovery", membership.leased("recovery", () -> {
            store.recover();
            return RECOVERY;
        }))::close);
        parts.push(BackgroundJob.start(
                "gramme-purge", membership.leased("purge", () -> store.purge() ? Duration.ZERO : PURGE))::close);
        return new Storage(membership.fence(store), membership);
    }

    private static CassandraOptions options(CassandraCluster cluster) {
        return new CassandraOptions(
                cluster.contactPoints(),
                cluster.datacenter(),
                cluster.keyspace(),
                cluster.replicas(),
                cluster.user().map(user -> new CassandraOptions.Credentials(user.name(), user.password())),
                cluster.tls(),
                CassandraOptions.REQUEST_TIMEOUT,
                CassandraOptions.PATIENCE,
                CassandraOptions.TRANSACTION_LIFE);
    }
}
