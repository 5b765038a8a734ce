package io.gramme.server;

import io.gramme.encryption.EncryptedStore;
import io.gramme.encryption.OwnedKeys;
import io.gramme.recovery.BackupKeys;
import io.gramme.server.encryption.SealedTables;
import io.gramme.server.permission.Guard;
import io.gramme.tables.capacity.Meters;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.table.TableSealing;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.time.InstantSource;
import java.util.Optional;

/**
 * What some tests choose of a {@link Client}.
 *
 * @param buckets of exports and imports
 * @param meters what requests have consumed, if those of the store of items count it
 */
record Extras(
        MemoryBuckets buckets,
        Bucket backups,
        BackupKeys keys,
        Meters meters,
        FaultRules faults,
        Guard guard,
        TableSealing sealing) {
    static Extras of(InstantSource clock, MemoryBuckets buckets) {
        return new Extras(
                buckets,
                buckets.create("backups"),
                BackupKeys.none(),
                Meters.alone(ThroughputMode.OFF, Optional.empty(), System::nanoTime, clock::millis),
                FaultRules.forbidden(),
                Guard.open(clock),
                TableSealing.OFF);
    }

    Extras with(Guard other) {
        return new Extras(buckets, backups, keys, meters, faults, other, sealing);
    }

    Extras with(Meters others) {
        return new Extras(buckets, backups, keys, others, faults, guard, sealing);
    }

    Extras with(FaultRules others) {
        return new Extras(buckets, backups, keys, meters, others, guard, sealing);
    }

    Extras with(Bucket others) {
        return new Extras(buckets, others, keys, meters, faults, guard, sealing);
    }

    Extras with(BackupKeys others) {
        return new Extras(buckets, backups, others, meters, faults, guard, sealing);
    }

    /** With keys of this store for each table. */
    Extras with(EncryptedStore store) {
        var tables = new SealedTables(store.tableKeys(), OwnedKeys.ARN);
        return new Extras(buckets, backups, keys, meters, faults, guard, tables);
    }
}
