package io.gramme.security.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.AllRows;
import io.gramme.storage.Consistency;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.StorageException;
import io.gramme.storage.Transition;
import io.gramme.storage.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Seals the secrets of a store with a server key that is not in the store. A sealed check value in the store says which
 * key that is, so that a server with another one does not start. The key is made when the first secret is sealed.
 */
final class Vault {
    private static final String CHECK = "gramme check";
    private static final String SECRET = "gramme secret";

    private final RowStore store;
    private final ServerKeySource source;
    private volatile @Nullable Sealer sealer;

    private Vault(RowStore store, ServerKeySource source) {
        this.store = store;
        this.source = source;
    }

    /** @throws StorageException in one sentence for an operator, if the store's secrets cannot be opened */
    static Vault open(RowStore store, ServerKeySource source) {
        var vault = new Vault(store, source);
        Optional<ServerKeys> keys = source.find();
        Optional<Row> check = store.get(IdentityKeys.check(), Consistency.STRONG);
        if (check.isPresent()) {
            Bytes sealed = check.get().value();
            Sealer found = new Sealer(keys.orElseThrow(() -> missing(sealed, source)));
            vault.require(found, sealed);
            vault.sealer = found;
        }
        return vault;
    }

    private static StorageException missing(Bytes sealed, ServerKeySource source) {
        return new StorageException("The store has secrets that are sealed with the server key " + name(sealed)
                + ", and there is no key in " + source.place() + ": bring the file back");
    }

    private static String name(Bytes sealed) {
        return Sealer.sealedBy(sealed).map(ServerKey::name).orElse("(unknown)");
    }

    private void require(Sealer found, Bytes sealed) {
        if (found.open(CHECK, "", sealed).isEmpty()) {
            throw new StorageException("The store has secrets that are sealed with the server key " + name(sealed)
                    + ", and " + source.place() + " has another: bring the file back that belongs to this store");
        }
    }

    /** Empty if this server has no key, and cannot make one by itself. */
    Optional<Sealer> sealer() {
        Sealer known = sealer;
        return known != null ? Optional.of(known) : first();
    }

    private synchronized Optional<Sealer> first() {
        Sealer known = sealer;
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Sealer> made = source.find().or(source::create).map(Sealer::new);
        made.ifPresent(fresh -> {
            // Of two servers that begin at once, the first decides which key it is.
            Bytes own = fresh.seal(CHECK, "", CHECK.getBytes(UTF_8));
            RowKey key = IdentityKeys.check();
            Bytes stored = store.transact(
                    Set.of(key),
                    current -> Transition.row(current, key)
                            .map(row -> Outcome.unchanged(row.value()))
                            .orElseGet(() -> new Outcome<>(List.of(new Write.Put(key, own)), own)));
            require(fresh, stored);
            sealer = fresh;
        });
        return made;
    }

    /** The sealed secret of an access key. */
    static Bytes seal(Sealer sealer, String account, String keyId, String secret) {
        return sealer.seal(SECRET, keyId + " " + account, secret.getBytes(UTF_8));
    }

    /** The secret of an access key; empty if this server has not the key that it is sealed with. */
    Optional<String> open(AccessKey key) {
        return sealer().flatMap(found -> found.open(SECRET, key.id() + " " + key.account(), key.sealed()))
                .map(plain -> new String(plain, UTF_8));
    }

    /**
     * Seals everything anew that is not sealed with the current key; the others can be taken away then.
     *
     * @return how many secrets it sealed
     */
    int resealAll() {
        Optional<Sealer> found = sealer();
        if (found.isEmpty()) {
            return 0;
        }
        Sealer current = found.get();
        var ids = new ArrayList<String>();
        AllRows.sweep(store, IdentityKeys.keys(), row -> {
            AccessKey key = IdentityCodec.key(row.value());
            if (isOlder(current, key.sealed())) {
                ids.add(key.id());
            }
        });
        int count = 0;
        for (String id : ids) {
            count += reseal(current, id) ? 1 : 0;
        }
        RowKey check = IdentityKeys.check();
        Bytes own = current.seal(CHECK, "", CHECK.getBytes(UTF_8));
        var _ = store.transact(
                Set.of(check),
                rows -> Transition.row(rows, check)
                        .filter(row -> isOlder(current, row.value()))
                        .map(_ -> new Outcome<>(List.of(new Write.Put(check, own)), true))
                        .orElseGet(() -> Outcome.unchanged(false)));
        return count;
    }

    private static boolean isOlder(Sealer current, Bytes sealed) {
        return !Sealer.sealedBy(sealed)
                .equals(Optional.of(current.keys().current().id()));
    }

    private boolean reseal(Sealer current, String id) {
        RowKey row = IdentityKeys.key(id);
        return store.transact(Set.of(row), rows -> {
            Optional<AccessKey> key = Transition.row(rows, row).map(found -> IdentityCodec.key(found.value()));
            Optional<Bytes> anew =
                    key.flatMap(found -> open(found).map(secret -> seal(current, found.account(), found.id(), secret)));
            return anew.isEmpty()
                    ? Outcome.unchanged(false)
                    : new Outcome<>(
                            List.of(new Write.Put(
                                    row, IdentityCodec.encode(key.orElseThrow().sealed(anew.get())))),
                            true);
        });
    }
}
