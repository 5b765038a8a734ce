package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.RowStore;
import java.time.InstantSource;

/** Server keys and sealed stores for tests. */
final class TestKeys {
    private TestKeys() {}

    /** A server key of equal bytes, which are its id as well. */
    static OwnedKeys owned(int... ids) {
        return new OwnedKeys(java.util.Arrays.stream(ids)
                .mapToObj(id -> new OwnedKeys.Secret(
                        id, Bytes.utf8(Integer.toString(id).repeat(32).substring(0, 32))))
                .toList());
    }

    static EncryptedStore seal(RowStore engine, KeyRules rules, InstantSource clock) {
        EncryptedStore.decideSealed(engine, owned(1));
        return EncryptedStore.open(engine, owned(1), rules, clock);
    }

    static EncryptedStore seal(RowStore engine) {
        return seal(engine, KeyRules.DEFAULT, InstantSource.system());
    }
}
