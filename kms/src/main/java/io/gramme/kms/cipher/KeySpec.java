package io.gramme.kms.cipher;

import static io.gramme.kms.cipher.KeyUsage.ENCRYPT_DECRYPT;
import static io.gramme.kms.cipher.KeyUsage.GENERATE_VERIFY_MAC;
import static io.gramme.kms.cipher.KeyUsage.KEY_AGREEMENT;
import static io.gramme.kms.cipher.KeyUsage.SIGN_VERIFY;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of keys that can be made, by the names of the service. */
public enum KeySpec {
    SYMMETRIC_DEFAULT(Family.SYMMETRIC, 32, ""),
    RSA_2048(Family.RSA, 256, ""),
    RSA_3072(Family.RSA, 384, ""),
    RSA_4096(Family.RSA, 512, ""),
    ECC_NIST_P256(Family.ECC, 32, "secp256r1"),
    ECC_NIST_P384(Family.ECC, 48, "secp384r1"),
    ECC_NIST_P521(Family.ECC, 66, "secp521r1"),
    HMAC_224(Family.HMAC, 28, ""),
    HMAC_256(Family.HMAC, 32, ""),
    HMAC_384(Family.HMAC, 48, ""),
    HMAC_512(Family.HMAC, 64, "");

    /** The kinds of the service that this server does not make. */
    public static final List<String> OTHERS =
            List.of("ECC_SECG_P256K1", "ECC_NIST_EDWARDS25519", "SM2", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87");

    /** Kinds that have their operations in common. */
    public enum Family {
        SYMMETRIC(List.of(ENCRYPT_DECRYPT)),
        RSA(List.of(ENCRYPT_DECRYPT, SIGN_VERIFY)),
        ECC(List.of(SIGN_VERIFY, KEY_AGREEMENT)),
        HMAC(List.of(GENERATE_VERIFY_MAC));

        /** Never changed. */
        @SuppressWarnings("ImmutableEnumChecker")
        private final List<KeyUsage> usages;

        Family(List<KeyUsage> usages) {
            this.usages = usages;
        }

        public List<KeyUsage> usages() {
            return usages;
        }
    }

    private final Family family;
    private final int bytes;
    private final String curve;

    KeySpec(Family family, int bytes, String curve) {
        this.family = family;
        this.bytes = bytes;
        this.curve = curve;
    }

    public static Optional<KeySpec> named(String name) {
        return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
    }

    public Family family() {
        return family;
    }

    /** Of a secret, of the modulus of an RSA key, or of a coordinate of a point. */
    public int bytes() {
        return bytes;
    }

    String curve() {
        return curve;
    }

    /** Whether it is a pair of a public and a private key. */
    public boolean isPair() {
        return family == Family.RSA || family == Family.ECC;
    }

    /** Of a key of this kind that encrypts. */
    public List<EncryptionAlgorithm> encryptionAlgorithms() {
        return Arrays.stream(EncryptionAlgorithm.values())
                .filter(one -> one.family() == family)
                .toList();
    }

    /** Of a key of this kind that signs. */
    public List<SigningAlgorithm> signingAlgorithms() {
        return Arrays.stream(SigningAlgorithm.values())
                .filter(one -> one.fits(this))
                .toList();
    }

    /** Of a key of this kind that authenticates messages: the one of its length. */
    public List<MacAlgorithm> macAlgorithms() {
        return Arrays.stream(MacAlgorithm.values())
                .filter(one -> one.keySpec() == this)
                .toList();
    }
}
