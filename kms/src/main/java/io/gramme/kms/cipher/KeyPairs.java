package io.gramme.kms.cipher;

import io.gramme.core.bytes.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** Makes and reads pairs of keys: a public key is a DER-encoded SubjectPublicKeyInfo (RFC 5280), a private key PKCS #8. */
public final class KeyPairs {
    private KeyPairs() {}

    /** A pair in its encoded forms. */
    public record Encoded(Bytes privateKey, Bytes publicKey) {
        /** Without the private key. */
        @Override
        public String toString() {
            return "key pair " + publicKey;
        }
    }

    /** A new pair. One of RSA takes from a tenth of a second to some seconds. */
    public static Encoded generate(KeySpec spec) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm(spec));
            if (spec.family() == KeySpec.Family.RSA) {
                generator.initialize(spec.bytes() * 8);
            } else {
                generator.initialize(new ECGenParameterSpec(spec.curve()));
            }
            KeyPair pair = generator.generateKeyPair();
            return new Encoded(
                    Bytes.wrap(pair.getPrivate().getEncoded()),
                    Bytes.wrap(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make a key of the kind " + spec, e);
        }
    }

    static PrivateKey privateKey(KeySpec spec, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm(spec)).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored key is not one of the kind " + spec, e);
        }
    }

    static PublicKey publicKey(KeySpec spec, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm(spec)).generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored key is not one of the kind " + spec, e);
        }
    }

    /** The public key of a peer; empty if the bytes are not one on the same curve. */
    static Optional<ECPublicKey> peer(ECPublicKey own, byte[] encoded) {
        try {
            PublicKey read = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
            return read instanceof ECPublicKey key
                            && key.getParams().getCurve().equals(own.getParams().getCurve())
                            && key.getParams().getOrder().equals(own.getParams().getOrder())
                    ? Optional.of(key)
                    : Optional.empty();
        } catch (GeneralSecurityException _) {
            return Optional.empty();
        }
    }

    private static String algorithm(KeySpec spec) {
        return spec.family() == KeySpec.Family.RSA ? "RSA" : "EC";
    }
}
