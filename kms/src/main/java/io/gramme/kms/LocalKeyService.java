package io.gramme.kms;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.RootKey;
import io.gramme.kms.cipher.CiphertextBlob;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.key.Alias;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.Keys;
import io.gramme.kms.key.OpenKey;
import io.gramme.tables.table.AccountRegion;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of this server as the roots of tables' keys. Names must be ARNs, which say the account and the region; the
 * server itself asks, so policies and grants do not count. A wrapped key is a ciphertext that Decrypt of {@link Kms} reads too.
 */
public final class LocalKeyService implements KeyService {
    private static final int KEY_BYTES = 32;
    private static final AccountRegion NOWHERE = new AccountRegion("", "");

    private final Keys keys;

    public LocalKeyService(Keys keys) {
        this.keys = keys;
    }

    @Override
    public RootKey describe(String keyId) {
        KeyName name = name(keyId);
        String id = name.isAlias() ? ofAlias(name) : name.name();
        Key key = keys.find(name.home(), id).orElseThrow(() -> absent(Key.arn(name.home(), id)));
        return new RootKey(
                key.arn(),
                key.isManaged() ? RootKey.Owner.AWS : RootKey.Owner.CUSTOMER,
                key.state() == Key.State.ENABLED,
                key.isSymmetric());
    }

    private static KeyName name(String keyId) {
        return KeyName.read(NOWHERE, keyId)
                .filter(found -> !found.home().equals(NOWHERE))
                .orElseThrow(() -> new KeyUnusableException(Reason.NOT_FOUND, "Invalid keyId '" + keyId + "'"));
    }

    private String ofAlias(KeyName name) {
        if (name.name().equals(Keys.MANAGED_ALIAS)) {
            return keys.managed(name.home())
                    .orElseThrow(() -> new KeyUnusableException(
                            Reason.INVALID_STATE,
                            "This server has no server key to seal keys with: start it with --server-key FILE"))
                    .id();
        }
        return keys.store()
                .alias(name.home(), name.name())
                .map(Alias::keyId)
                .orElseThrow(() -> new KeyUnusableException(
                        Reason.NOT_FOUND, "Alias " + Alias.arn(name.home(), name.name()) + " is not found."));
    }

    private static KeyUnusableException absent(String arn) {
        return new KeyUnusableException(Reason.NOT_FOUND, "Key '" + arn + "' does not exist");
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        OpenKey open = usable(arn);
        byte[] key = Keys.random(KEY_BYTES);
        Bytes wrapped = open.encrypt(key, new EncryptionContext(context)).orElseThrow(() -> unavailable(arn));
        return new GeneratedKey(Bytes.wrap(key), wrapped);
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        OpenKey open = usable(arn);
        Optional<CiphertextBlob> blob = CiphertextBlob.parse(wrapped)
                .filter(found -> found.keyId().equals(open.key().id()));
        return blob.flatMap(found -> open.decrypt(found, new EncryptionContext(context)))
                .map(Bytes::wrap)
                .orElseThrow(() -> new KeyUnusableException(
                        Reason.INVALID_CIPHERTEXT, "The key " + arn + " did not wrap these bytes in this context."));
    }

    private OpenKey usable(String arn) {
        KeyName name = name(arn);
        String id = name.isAlias() ? ofAlias(name) : name.name();
        OpenKey open = keys.open(name.home(), id).orElseThrow(() -> absent(arn));
        Key key = open.key();
        switch (key.state()) {
            case ENABLED -> {}
            case DISABLED -> throw new KeyUnusableException(Reason.DISABLED, key.arn() + " is disabled.");
            case PENDING_DELETION ->
                throw new KeyUnusableException(Reason.INVALID_STATE, key.arn() + " is pending deletion.");
        }
        if (!key.isSymmetric()) {
            throw new KeyUnusableException(Reason.INVALID_STATE, key.arn() + " is not a symmetric encryption key.");
        }
        if (open.secret().isEmpty()) {
            throw unavailable(key.arn());
        }
        return open;
    }

    private static KeyUnusableException unavailable(String arn) {
        return new KeyUnusableException(
                Reason.INVALID_STATE,
                arn + " is unavailable: it is sealed with a server key that this server does not have.");
    }
}
