package io.gramme.server;

import io.gramme.encryption.KeyService;
import io.gramme.encryption.OwnedKeys;
import io.gramme.kms.LocalKeyService;
import io.gramme.kms.key.KeySweep;
import io.gramme.recovery.Backups;
import io.gramme.server.encryption.RootKeyWatch;
import io.gramme.server.encryption.SealedTables;
import io.gramme.server.operation.RootKeys;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.TableSealing;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/**
 * The root keys that clients choose for tables, and how the tables of a store are sealed under them.
 *
 * @param scope whose keys a request can name
 * @param sealed the keys of tables; empty if rows are not sealed
 */
record StoreKeys(KeyService service, RootKeys.Scope scope, Optional<SealedTables> sealed) {

    /**
     * Lets the store use them: before a row is read that is sealed under one of them.
     *
     * @param security keeps the keys of this server in its store, for a server without another key service
     */
    static StoreKeys of(ServerOptions options, Storage storage, SecurityParts security, CloseStack parts) {
        BackgroundJob.Pass sweep = storage.peers().leased("kms-keys", new KeySweep(security.keys()));
        parts.push(BackgroundJob.start("gramme-kms-keys", sweep)::close);
        Optional<KeyService> remote = options.security().keyService();
        KeyService service = remote.orElseGet(() -> new LocalKeyService(security.keys()));
        storage.encryption().ifPresent(store -> store.use(service));
        return new StoreKeys(
                service,
                remote.isPresent() ? RootKeys.Scope.SERVICE : RootKeys.Scope.CALLER,
                storage.encryption().map(store -> new SealedTables(store.tableKeys(), OwnedKeys.ARN)));
    }

    TableSealing sealing() {
        return sealed.<TableSealing>map(keys -> keys).orElse(TableSealing.OFF);
    }

    /** Starts to watch whether the root keys of tables can be used. */
    EncryptionParts watch(Tables tables, Backups backups, MillisecondClock clock, CloseStack parts) {
        var watch = new RootKeyWatch(
                tables, service, sealed.map(SealedTables::keys), backups, clock, RootKeyWatch.INTERVAL);
        // Every server has keys in memory.
        parts.push(BackgroundJob.start("gramme-root-keys", watch)::close);
        return new EncryptionParts(new RootKeys(service, scope), watch, sealed);
    }
}
