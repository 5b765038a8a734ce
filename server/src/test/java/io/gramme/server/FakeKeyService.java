package io.gramme.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.encryption.RootKey;
import io.gramme.encryption.RootKey.Owner;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A key service that has every key that is named, until the test says otherwise. An alias names a key of its own until it is
 * pointed elsewhere. A wrapped key is the key with the name of its root key and its context behind it.
 */
public final class FakeKeyService implements KeyService {
    private final Map<String, Reason> unusable = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private volatile boolean down;

    /** @param arn of a key, not of an alias */
    public void refuse(String arn, Reason reason) {
        unusable.put(arn, reason);
    }

    public void enable(String arn) {
        unusable.remove(arn);
    }

    public void point(String alias, String arn) {
        aliases.put(alias, arn);
    }

    public void down(boolean now) {
        down = now;
    }

    @Override
    public RootKey describe(String id) {
        requireUp();
        String arn = id.contains(":alias/") ? aliases.computeIfAbsent(id, FakeKeyService::ownKey) : id;
        Reason reason = unusable.get(arn);
        if (reason == Reason.NOT_FOUND) {
            throw new KeyUnusableException(reason, "Key '" + arn + "' does not exist");
        }
        if (reason == Reason.ACCESS_DENIED) {
            throw new KeyUnusableException(reason, "denied");
        }
        Owner owner = id.endsWith("alias/aws/dynamodb") ? Owner.AWS : Owner.CUSTOMER;
        return new RootKey(arn, owner, reason == null, !arn.endsWith("rsa"));
    }

    private static String ownKey(String alias) {
        String prefix = alias.substring(0, alias.indexOf(":alias/"));
        return prefix + ":key/" + UUID.nameUUIDFromBytes(alias.getBytes(UTF_8));
    }

    private void requireUp() {
        if (down) {
            throw new KeyServiceDownException("the key service does not answer", new IllegalStateException());
        }
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        requireUsable(arn);
        Bytes key = Bytes.utf8(UUID.randomUUID().toString().replace("-", ""));
        return new GeneratedKey(key, key.plus(Bytes.utf8(arn + context)));
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        requireUsable(arn);
        Bytes key = Bytes.wrap(java.util.Arrays.copyOf(wrapped.toArray(), 32));
        if (!wrapped.equals(key.plus(Bytes.utf8(arn + context)))) {
            throw new KeyUnusableException(Reason.INVALID_CIPHERTEXT, "not wrapped so");
        }
        return key;
    }

    private void requireUsable(String arn) {
        requireUp();
        Reason reason = unusable.get(arn);
        if (reason != null) {
            throw new KeyUnusableException(reason, arn + " is " + reason);
        }
    }
}
