package io.gramme.kms.cipher;

/** How keys sign, by the names of the service. */
public enum SigningAlgorithm {
    RSASSA_PSS_SHA_256(Scheme.PSS, Digest.SHA_256),
    RSASSA_PSS_SHA_384(Scheme.PSS, Digest.SHA_384),
    RSASSA_PSS_SHA_512(Scheme.PSS, Digest.SHA_512),
    RSASSA_PKCS1_V1_5_SHA_256(Scheme.PKCS1, Digest.SHA_256),
    RSASSA_PKCS1_V1_5_SHA_384(Scheme.PKCS1, Digest.SHA_384),
    RSASSA_PKCS1_V1_5_SHA_512(Scheme.PKCS1, Digest.SHA_512),
    ECDSA_SHA_256(Scheme.ECDSA, Digest.SHA_256),
    ECDSA_SHA_384(Scheme.ECDSA, Digest.SHA_384),
    ECDSA_SHA_512(Scheme.ECDSA, Digest.SHA_512);

    enum Scheme {
        PSS,
        PKCS1,
        ECDSA
    }

    private final Scheme scheme;
    private final Digest digest;

    SigningAlgorithm(Scheme scheme, Digest digest) {
        this.scheme = scheme;
        this.digest = digest;
    }

    Scheme scheme() {
        return scheme;
    }

    /** Of the message, which is what is signed. */
    public Digest digest() {
        return digest;
    }

    /** Whether keys of a kind can sign so: each curve has the digest of its strength. */
    boolean fits(KeySpec spec) {
        return switch (spec) {
            case RSA_2048, RSA_3072, RSA_4096 -> scheme != Scheme.ECDSA;
            case ECC_NIST_P256 -> this == ECDSA_SHA_256;
            case ECC_NIST_P384 -> this == ECDSA_SHA_384;
            case ECC_NIST_P521 -> this == ECDSA_SHA_512;
            case SYMMETRIC_DEFAULT, HMAC_224, HMAC_256, HMAC_384, HMAC_512 -> false;
        };
    }
}
