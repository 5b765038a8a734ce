package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A key service that can be down, and whose root keys can be disabled. */
final class RemoteKeys implements KeyService {
    private record Known(Bytes key, String arn, Map<String, String> context) {}

    private final Map<Bytes, Known> made = new ConcurrentHashMap<>();
    private final Set<String> disabled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unwraps = new AtomicInteger();
    private volatile boolean isDown;

    int unwraps() {
        return unwraps.get();
    }

    void down(boolean other) {
        isDown = other;
    }

    void disable(String arn) {
        disabled.add(arn);
    }

    void enable(String arn) {
        disabled.remove(arn);
    }

    private void require(String arn) {
        if (isDown) {
            throw new KeyServiceDownException("the key service is down", new IllegalStateException("injected"));
        }
        if (disabled.contains(arn)) {
            throw new KeyUnusableException(KeyUnusableException.Reason.DISABLED, arn + " is disabled");
        }
    }

    @Override
    public RootKey describe(String keyId) {
        require(keyId);
        return new RootKey(keyId, RootKey.Owner.CUSTOMER, true, true);
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        require(arn);
        Bytes key = Bytes.wrap(GcmKey.random(GcmKey.KEY_BYTES));
        Bytes wrapped = Bytes.utf8("wrapped " + made.size());
        made.put(wrapped, new Known(key, arn, context));
        return new GeneratedKey(key, wrapped);
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        unwraps.incrementAndGet();
        require(arn);
        Known known = made.get(wrapped);
        if (known == null || !known.arn.equals(arn) || !known.context.equals(context)) {
            throw new KeyUnusableException(KeyUnusableException.Reason.INVALID_CIPHERTEXT, "not wrapped here");
        }
        return known.key;
    }
}
