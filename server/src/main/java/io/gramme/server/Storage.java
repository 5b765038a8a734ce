package io.gramme.server;

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
import java.util.SplittableRandom;

/**
 * The opened store of a server, and the servers that share it.
 *
 * @param store refuses calls while the server is out of touch with its peers
 */
record Storage(RowStore store, Peers peers) {
    private static final Duration RECOVERY = Duration.ofSeconds(2);
    private static final Duration PURGE = Duration.ofMinutes(1);

    static Storage open(Engine engine, CloseStack parts, InstantSource clock, SplittableRandom random) {
        return switch (engine) {
            case Engine.Memory memory -> inMemory(memory.indexDelay(), parts, clock);
            case Engine.Disk disk -> own(disk.opener().open(clock), parts);
            case Engine.Shared shared -> shared(shared.opener().open(clock), parts, random);
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

    private static Storage shared(SharedRowStore store, CloseStack parts, SplittableRandom random) {
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
}
