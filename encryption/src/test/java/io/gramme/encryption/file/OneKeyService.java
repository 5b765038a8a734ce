package io.gramme.encryption.file;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.RootKey;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/** A key service with one root key, which remembers what it wrapped. */
final class OneKeyService implements KeyService {
    static final String ARN = "arn:aws:kms:us-east-1:000000000000:key/one";

    private record Known(Bytes key, String arn, Map<String, String> context) {}

    private final Map<Bytes, Known> made = new HashMap<>();
    private final SecureRandom random = new SecureRandom();

    @Override
    public RootKey describe(String keyId) {
        return new RootKey(keyId, RootKey.Owner.CUSTOMER, true, true);
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        var key = new byte[32];
        random.nextBytes(key);
        Bytes wrapped = Bytes.utf8("wrapped " + made.size());
        made.put(wrapped, new Known(Bytes.wrap(key), arn, context));
        return new GeneratedKey(Bytes.wrap(key), wrapped);
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        Known known = made.get(wrapped);
        if (known == null || !known.arn.equals(arn) || !known.context.equals(context)) {
            throw new KeyUnusableException(KeyUnusableException.Reason.INVALID_CIPHERTEXT, "not wrapped here");
        }
        return known.key;
    }
}
