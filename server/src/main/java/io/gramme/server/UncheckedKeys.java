package io.gramme.server;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.KeyService;
import io.gramme.encryption.RootKey;
import java.util.Map;

/** Takes every key for one that there is. */
final class UncheckedKeys implements KeyService {
    @Override
    public RootKey describe(String keyId) {
        return new RootKey(keyId, RootKey.Manager.CUSTOMER, true, true);
    }

    @Override
    public GeneratedKey generate(String arn, Map<String, String> context) {
        throw new IllegalStateException("rows are not sealed");
    }

    @Override
    public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
        throw new IllegalStateException("rows are not sealed");
    }
}
