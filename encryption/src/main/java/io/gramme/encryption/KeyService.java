package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.util.Map;

/**
 * Keeps root keys, which never leave it, and wraps table keys under them: AWS KMS or what speaks its protocol, the keys of
 * this server, or the one key that a server owns. The three calls are those that DynamoDB makes of KMS.
 *
 * <p>A context is authenticated with a wrapped key and must be the same when it is unwrapped: for DynamoDB {@code
 * aws:dynamodb:tableName} and {@code aws:dynamodb:subscriberId}.
 */
public interface KeyService {
    /**
     * The key that an id, an ARN, an alias or the ARN of an alias names.
     *
     * @throws KeyUnusableException if it does not exist, or may not be asked for
     * @throws KeyServiceDownException if the service does not answer
     */
    RootKey describe(String keyId);

    /**
     * A new key of 256 bits, and the same wrapped under a root key.
     *
     * @throws KeyUnusableException if the root key cannot be used
     * @throws KeyServiceDownException if the service does not answer
     */
    GeneratedKey generate(String arn, Map<String, String> context);

    /**
     * The 256 bits that {@link #generate} wrapped.
     *
     * @throws KeyUnusableException if the root key cannot be used, or did not wrap these bytes in this context
     * @throws KeyServiceDownException if the service does not answer
     */
    Bytes unwrap(String arn, Bytes wrapped, Map<String, String> context);

    /** A key in clear and wrapped. */
    record GeneratedKey(Bytes key, Bytes wrapped) {
        /** Without the key. */
        @Override
        public String toString() {
            return "generated key, " + wrapped.length() + " bytes wrapped";
        }
    }
}
