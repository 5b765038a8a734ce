package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.util.Map;

/** Finds the key service of a root key: that of the server for its own, and another for all others. */
final class KeyServices {
    private final OwnedKeys owned;
    private volatile KeyService others;

    KeyServices(OwnedKeys owned) {
        this.owned = owned;
        this.others = owned;
    }

    /** The service of the keys of users, which comes later: it may keep its keys in the sealed store. */
    void use(KeyService service) {
        others = service;
    }

    KeyService of(String arn) {
        return arn.equals(OwnedKeys.ARN) ? owned : new Later();
    }

    /** The services of all keys as one. */
    KeyService all() {
        return new KeyService() {
            @Override
            public RootKey describe(String keyId) {
                return of(keyId).describe(keyId);
            }

            @Override
            public GeneratedKey generate(String arn, Map<String, String> context) {
                return of(arn).generate(arn, context);
            }

            @Override
            public Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context) {
                return of(arn).unwrap(arn, wrapped, context);
            }
        };
    }

    /** The service as it is when it is called. */
    private final class Later implements KeyService {
        @Override
        public RootKey describe(String keyId) {
            return others.describe(keyId);
        }

        @Override
        public GeneratedKey generate(String arn, java.util.Map<String, String> context) {
            return others.generate(arn, context);
        }

        @Override
        public io.gramme.core.bytes.Bytes unwrap(
                String arn, io.gramme.core.bytes.Bytes wrapped, java.util.Map<String, String> context) {
            return others.unwrap(arn, wrapped, context);
        }
    }
}
