package io.gramme.security.identity;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Makes access keys. Nothing of a secret is stored but sealed. */
public final class KeyMint {
    private final Identities identities;

    public KeyMint(Identities identities) {
        this.identities = identities;
    }

    /**
     * Makes a key with a new id and a random secret.
     *
     * @param user of the account; empty for its root
     * @param belongs puts the id where the user keeps the ids of its keys, or refuses that; in the same transaction
     * @return the key; empty if this server has no server key to seal its secret with
     */
    public Optional<NewKey> make(String account, String user, BiConsumer<AccountEdit, AccessKey> belongs) {
        return identities.sealer().map(sealer -> {
            String secret = sealer.randomSecret();
            while (true) {
                Optional<NewKey> made =
                        store(sealer, account, user, identities.ids().permanent(), secret, belongs);
                if (made.isPresent()) {
                    return made.get();
                }
            }
        });
    }

    /** Makes a key whose id and secret an operator chose; empty if there is no server key, or the id is taken. */
    Optional<NewKey> make(
            String account, String user, String id, String secret, BiConsumer<AccountEdit, AccessKey> belongs) {
        return identities.sealer().flatMap(sealer -> store(sealer, account, user, id, secret, belongs));
    }

    private Optional<NewKey> store(
            Sealer sealer,
            String account,
            String user,
            String id,
            String secret,
            BiConsumer<AccountEdit, AccessKey> belongs) {
        Bytes sealed = Vault.seal(sealer, account, id, secret);
        return identities.store().change(account, edit -> {
            if (edit.isTaken(id)) {
                return Optional.empty();
            }
            var key = new AccessKey(id, account, user, true, identities.now(), sealed);
            edit.put(key);
            belongs.accept(edit, key);
            return Optional.of(new NewKey(key, secret));
        });
    }
}
