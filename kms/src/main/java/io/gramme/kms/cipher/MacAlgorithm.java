package io.gramme.kms.cipher;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** How keys authenticate messages, by the names of the service. */
public enum MacAlgorithm {
    HMAC_SHA_224(KeySpec.HMAC_224, "HmacSHA224"),
    HMAC_SHA_256(KeySpec.HMAC_256, "HmacSHA256"),
    HMAC_SHA_384(KeySpec.HMAC_384, "HmacSHA384"),
    HMAC_SHA_512(KeySpec.HMAC_512, "HmacSHA512");

    private final KeySpec keySpec;
    private final String name;

    MacAlgorithm(KeySpec keySpec, String name) {
        this.keySpec = keySpec;
        this.name = name;
    }

    KeySpec keySpec() {
        return keySpec;
    }

    /** The code of a message, of as many bytes as the digest has. */
    public byte[] code(byte[] secret, byte[] message) {
        try {
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret, name));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no " + name, e);
        }
    }
}
