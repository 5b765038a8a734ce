package io.gramme.server;

import io.gramme.encryption.EncryptedStore;
import io.gramme.encryption.EncryptedStore.State;
import io.gramme.encryption.OwnedKeys;
import io.gramme.encryption.WrongServerKeyException;
import io.gramme.kms.LocalKeyService;
import io.gramme.kms.key.KeyStore;
import io.gramme.kms.key.Keys;
import io.gramme.security.identity.Identities;
import io.gramme.security.identity.RecoveryKey;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.security.identity.ServerKeys;
import io.gramme.server.ServerOptions.Encryption;
import io.gramme.server.ServerOptions.Encryption.Wish;
import io.gramme.server.ServerOptions.NewStore;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.StoreInspection;
import java.time.InstantSource;
import java.util.Optional;

/** Decides whether the store of a server is sealed, when it is new, and opens its keys, when it is. */
public final class StoreEncryption {
    private static final String IN_MEMORY =
            "Tables in memory cannot be encrypted at rest: serve from a disk, or without --encryption on";
    private static final String IS_CLEAR =
            "The store is not encrypted, and cannot become so: serve without --encryption on,"
                    + " or copy its tables to a new store";
    private static final String IS_SEALED =
            "The store is encrypted, and stays so: serve without --encryption off, or copy its tables to a new store";

    private StoreEncryption() {}

    /** @throws StorageException in one sentence, if the store is not as the options want it, or its key is missing */
    static Optional<EncryptedStore> open(RowStore engine, ServerOptions options, InstantSource clock) {
        Encryption encryption = options.encryption();
        if (options.engine() instanceof Engine.Memory) {
            require(encryption.wish() != Wish.ON, IN_MEMORY);
            return Optional.empty();
        }
        ServerKeySource source = SecurityParts.keySource(options);
        State state = EncryptedStore.state(engine);
        if (state == State.UNUSED) {
            state = decide(engine, source, encryption);
        }
        require(state != State.CLEAR || encryption.wish() != Wish.ON, IS_CLEAR);
        require(state != State.SEALED || encryption.wish() != Wish.OFF, IS_SEALED);
        if (state != State.SEALED) {
            return Optional.empty();
        }
        OwnedKeys keys = keys(found(source));
        EncryptedStore store = open(engine, keys, source, clock);
        store.useFirstServerKey(keys);
        return Optional.of(store);
    }

    private static EncryptedStore open(RowStore engine, OwnedKeys keys, ServerKeySource source, InstantSource clock) {
        try {
            return EncryptedStore.open(engine, keys, clock);
        } catch (WrongServerKeyException e) {
            throw new StorageException(
                    "The store is encrypted with the server key " + e.name() + ", which is not in " + source.place()
                            + ": bring the right key back from a copy",
                    e);
        }
    }

    /**
     * The files of a store, opened with the server key, and with the keys of its own KMS, if it is sealed. Writes nothing.
     *
     * @throws StorageException in one sentence, if it is sealed and the key is missing or another
     */
    public static StoreInspection opened(StoreInspection inspection, ServerKeySource source, InstantSource clock) {
        if (!isSealed(inspection)) {
            return inspection;
        }
        ServerKeys found = source.find()
                .orElseThrow(() -> new StorageException("The store is encrypted, and there is no server key in "
                        + source.place() + ": name its file with --server-key"));
        EncryptedStore store = open(inspection.store(), keys(found), source, clock);
        RowStore sealed = store.sealed();
        var identities = Identities.open(sealed, source, clock);
        store.use(new LocalKeyService(new Keys(new KeyStore(sealed), identities.seal(), clock)));
        return store.sealed(inspection);
    }

    private static boolean isSealed(StoreInspection inspection) {
        try {
            return EncryptedStore.state(inspection.store()) == State.SEALED;
        } catch (StorageException _) {
            // The check of the catalog reports the damage.
            return false;
        }
    }

    private static void require(boolean isSo, String refusal) {
        if (!isSo) {
            throw new StorageException(refusal);
        }
    }

    /** Decides on a new store, and stores that, unless it is left open until there is a key. */
    private static State decide(RowStore engine, ServerKeySource source, Encryption encryption) {
        return switch (encryption.wish()) {
            case AS_FOUND -> State.CLEAR;
            case OFF -> EncryptedStore.decideClear(engine);
            case IF_NEW ->
                seal(engine, source, encryption).orElseGet(() -> {
                    encryption.started().accept(new NewStore.Clear());
                    return State.CLEAR;
                });
            case ON ->
                seal(engine, source, encryption)
                        .orElseThrow(
                                () -> new StorageException(
                                        "Encryption at rest needs a server key that all servers have: name its file with --server-key"));
        };
    }

    /** Seals a new store, if there is a key for it. */
    private static Optional<State> seal(RowStore engine, ServerKeySource source, Encryption encryption) {
        Optional<ServerKeys> found = source.find();
        Optional<ServerKeys> made = found.isPresent() ? Optional.empty() : source.create();
        return found.or(() -> made).map(keys -> {
            State state = EncryptedStore.decideSealed(engine, keys(keys));
            if (state == State.SEALED) {
                encryption
                        .started()
                        .accept(new NewStore.Sealed(
                                source.place(),
                                made.map(key -> RecoveryKey.text(key.keys().getFirst()))));
            }
            return state;
        });
    }

    private static ServerKeys found(ServerKeySource source) {
        return source.find()
                .orElseThrow(() -> new StorageException(
                        "The store is encrypted, and its server key is missing: " + source.remedy()));
    }

    static OwnedKeys keys(ServerKeys keys) {
        return new OwnedKeys(keys.keys().stream()
                .map(key -> new OwnedKeys.Secret(key.id(), key.secret()))
                .toList());
    }
}
