package io.gramme.kms.cipher;

import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/** How keys encrypt, by the names of the service. */
public enum EncryptionAlgorithm {
    SYMMETRIC_DEFAULT(KeySpec.Family.SYMMETRIC, MGF1ParameterSpec.SHA256, 0),
    RSAES_OAEP_SHA_1(KeySpec.Family.RSA, MGF1ParameterSpec.SHA1, 20),
    RSAES_OAEP_SHA_256(KeySpec.Family.RSA, MGF1ParameterSpec.SHA256, 32);

    private final KeySpec.Family family;

    @SuppressWarnings("ImmutableEnumChecker")
    private final MGF1ParameterSpec mask;

    private final int digestBytes;

    EncryptionAlgorithm(KeySpec.Family family, MGF1ParameterSpec mask, int digestBytes) {
        this.family = family;
        this.mask = mask;
        this.digestBytes = digestBytes;
    }

    KeySpec.Family family() {
        return family;
    }

    /** Of OAEP, with the same digest for its mask. */
    AlgorithmParameterSpec parameters() {
        return new OAEPParameterSpec(mask.getDigestAlgorithm(), "MGF1", mask, PSource.PSpecified.DEFAULT);
    }

    /** The most bytes that a key can encrypt. */
    public int longestPlaintext(KeySpec spec) {
        return family == KeySpec.Family.SYMMETRIC ? 4_096 : spec.bytes() - 2 * digestBytes - 2;
    }
}
