package io.gramme.server;

import io.gramme.encryption.EncryptedStore;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.storage.RowStore;
import io.gramme.storage.SharedRowStore;
import io.gramme.storage.engine.LaggingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.cluster.Membership;
import io.gramme.tables.cluster.Peers;
import io.gramme.tables.cluster.Timing;
import io.gramme.tables.job.BackgroundJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The opened store of a server, and the servers that share it.
 *
 * @param store refuses calls while the server is out of touch with its peers
 * @param encryption the keys of the store, if it is sealed
 */
record Storage(RowStore store, Peers peers, Optional<EncryptedStore> encryption) {
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PURGE = Duration.ofMinutes(1);

    static Storage open(ServerOptions options, CloseStack parts, InstantSource clock, SplittableRandom random) {
        return switch (options.engine()) {
            case Engine.Memory memory -> {
                var _ = StoreEncryption.open(new MemoryStore(clock), options, clock);
                yield inMemory(memory.indexDelay(), parts, clock);
            }
            case Engine.Disk disk -> {
                // A key that cannot be used is refused before a directory is made.
                options.security()
                        .serverKey()
                        .ifPresent(file -> ServerKeySource.file(file).find());
                RowStore store = disk.opener().open(clock);
                parts.push(store::close);
                Optional<EncryptedStore> encryption = encryption(store, options, parts, clock);
                yield new Storage(encryption.map(EncryptedStore::sealed).orElse(store), Peers.ALONE, encryption);
            }
            case Engine.Shared shared -> {
                SharedRowStore store = shared.opener().open(clock);
                parts.push(store::close);
                Optional<EncryptedStore> encryption = encryption(store, options, parts, clock);
                yield shared(encryption.map(it -> it.sealed(store)).orElse(store), encryption, parts, random);
            }
        };
    }

    private static Optional<EncryptedStore> encryption(
            RowStore store, ServerOptions options, CloseStack parts, InstantSource clock) {
        Optional<EncryptedStore> encryption = StoreEncryption.open(store, options, clock);
        encryption.ifPresent(keys -> parts.push(BackgroundJob.start("gramme-keys", keys::pass)::close));
        return encryption;
    }

    private static Storage own(RowStore store, CloseStack parts) {
        parts.push(store::close);
        return new Storage(store, Peers.ALONE, Optional.empty());
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

    private static Storage shared(
            SharedRowStore store, Optional<EncryptedStore> encryption, CloseStack parts, SplittableRandom random) {
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
        return new Storage(membership.fence(store), membership, encryption);
    }
}
