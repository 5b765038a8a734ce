package io.gramme.kms;

import io.gramme.api.service.ServiceException;
import io.gramme.kms.cipher.CiphertextBlob;
import io.gramme.kms.cipher.EncryptionContext;
import io.gramme.kms.cipher.KeyUsage;
import io.gramme.kms.key.Alias;
import io.gramme.kms.key.Key;
import io.gramme.kms.key.KeyEdit;
import io.gramme.kms.key.Keys;
import io.gramme.kms.key.OpenKey;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
import java.util.function.Function;

/** Finds the keys that requests name, and checks that their callers may do with them what they ask. */
final class Targets {
    private final Keys keys;
    private final Authority authority;
    private final GrantTokens tokens;

    Targets(Keys keys, Authority authority, GrantTokens tokens) {
        this.keys = keys;
        this.authority = authority;
        this.tokens = tokens;
    }

    /**
     * A key that a request names, which may not exist.
     *
     * @param alias by which it is named
     */
    record Target(AccountRegion home, String id, Optional<String> alias) {}

    Authority authority() {
        return authority;
    }

    /** The key that a member names in any way. */
    Target any(KmsCall call, String member) {
        String given = call.keyId(member).orElseThrow(() -> KmsErrors.missing(member));
        KeyName name = name(call, given);
        return name.isAlias() ? ofAlias(name) : new Target(name.home(), name.name(), Optional.empty());
    }

    /** The key that a member names by its id or ARN. */
    Target only(KmsCall call, String member) {
        String given = call.keyId(member).orElseThrow(() -> KmsErrors.missing(member));
        KeyName name = name(call, given);
        if (name.isAlias()) {
            throw KmsErrors.invalidKeyId(given);
        }
        return new Target(name.home(), name.name(), Optional.empty());
    }

    private static KeyName name(KmsCall call, String given) {
        KeyName name = KeyName.read(call.home(), given)
                .orElseThrow(
                        () -> given.startsWith("arn:") ? KmsErrors.invalidArn(given) : KmsErrors.invalidKeyId(given));
        if (!name.home().region().equals(call.home().region())) {
            throw KmsErrors.notFound("Invalid arn " + KmsErrors.cut(name.home().region()));
        }
        return name;
    }

    private Target ofAlias(KeyName name) {
        Optional<String> id = keys.store().alias(name.home(), name.name()).map(Alias::keyId);
        if (id.isEmpty() && name.name().equals(Keys.MANAGED_ALIAS)) {
            id = Optional.of(keys.managed(name.home())
                    .orElseThrow(KmsErrors::noServerKey)
                    .id());
        }
        return new Target(
                name.home(),
                id.orElseThrow(() -> KmsErrors.noAlias(Alias.arn(name.home(), name.name()))),
                Optional.of(name.name()));
    }

    /** The key as it is now, if the caller may do something with it. */
    Key require(KmsCall call, Target target, String action, Facts facts) {
        Key key = keys.find(target.home, target.id)
                .orElseThrow(() -> authority.absent(call, target.home, target.id, action));
        var _ = authority.require(call, key, action, facts.of(key), EncryptionContext.NONE);
        return key;
    }

    /** By an id or an ARN in the member {@code KeyId}, for the operation's own action. */
    Key require(KmsCall call) {
        return require(call, only(call, "KeyId"), action(call), new Facts());
    }

    static String action(KmsCall call) {
        return "kms:" + call.operation();
    }

    /**
     * A key for use, if the caller may use it and the key can be used.
     *
     * @param use what the request needs of it
     */
    OpenKey open(KmsCall call, Target target, Use use) {
        OpenKey open = keys.open(target.home, target.id)
                .orElseThrow(() -> authority.absent(call, target.home, target.id, use.action));
        return open(call, target, open, use);
    }

    private OpenKey open(KmsCall call, Target target, OpenKey open, Use use) {
        call.grantTokens().forEach(tokens::require);
        Key key = open.key();
        Facts facts = use.facts.of(key).context(use.context).put("kms:RequestAlias", target.alias);
        var _ = authority.require(call, key, use.action, facts, use.context);
        requireEnabled(key);
        if (key.usage() != use.usage) {
            throw KmsErrors.invalidUsage(
                    key.arn() + " key usage is " + key.usage() + " which is not valid for " + call.operation() + ".");
        }
        if (open.secret().isEmpty()) {
            throw KmsErrors.unavailable(key.arn());
        }
        return open;
    }

    /** The key that a ciphertext names; who may not use it does not hear whether it exists. */
    OpenKey openOf(KmsCall call, CiphertextBlob blob, Use use) {
        var home = new AccountRegion(blob.account(), blob.region());
        OpenKey open = home.region().equals(call.home().region())
                ? keys.open(home, blob.keyId()).orElseThrow(KmsErrors::inaccessibleCiphertext)
                : refuseRegion();
        return open(call, new Target(home, blob.keyId(), Optional.empty()), open, use);
    }

    private static OpenKey refuseRegion() {
        throw KmsErrors.inaccessibleCiphertext();
    }

    /**
     * What a request needs of a key.
     *
     * @param context of the operation, if it has one
     */
    record Use(String action, KeyUsage usage, Facts facts, EncryptionContext context) {
        static Use of(KmsCall call, KeyUsage usage, Facts facts) {
            return new Use(Targets.action(call), usage, facts, EncryptionContext.NONE);
        }
    }

    static void requireEnabled(Key key) {
        switch (key.state()) {
            case ENABLED -> {}
            case DISABLED -> throw KmsErrors.disabled(key.arn());
            case PENDING_DELETION -> throw KmsErrors.pendingDeletion(key.arn());
        }
    }

    static void requireNotDeleted(Key key) {
        if (key.state() == Key.State.PENDING_DELETION) {
            throw KmsErrors.pendingDeletion(key.arn());
        }
    }

    /** Changes a key as it is when the change is stored. */
    Key change(Key key, Function<Key, Key> change) {
        return keys.store().change(key.home(), key.id(), edit -> {
            Key now = again(edit, key);
            Key changed = change.apply(now);
            if (!changed.equals(now)) {
                edit.put(changed);
            }
            return changed;
        });
    }

    /** The key inside a transaction. */
    Key again(KeyEdit edit, Key key) {
        ServiceException absent = KmsErrors.noKey(key.arn());
        return edit.key(key.id()).filter(found -> !found.isGone(keys.now())).orElseThrow(() -> absent);
    }
}
