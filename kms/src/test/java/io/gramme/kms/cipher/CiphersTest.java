package io.gramme.kms.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The primitives against vectors of standards, and against the JDK's own. */
class CiphersTest {
    private static final byte[] MESSAGE = "a message".getBytes(UTF_8);
    private static final KeyPairs.Encoded RSA = KeyPairs.generate(KeySpec.RSA_2048);
    private static final byte[] RSA_PRIVATE = RSA.privateKey().toArray();
    private static final byte[] RSA_PUBLIC = RSA.publicKey().toArray();

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    /** RFC 4231, test case 2. */
    @ParameterizedTest
    @CsvSource({
        "HMAC_SHA_224, a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "HMAC_SHA_256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "HMAC_SHA_384, af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "HMAC_SHA_512, 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fd"
                + "caeab1a34d4a6b4b636e070a38bce737"
    })
    void codesAreThoseOfTheStandard(MacAlgorithm algorithm, String code) {
        assertThat(algorithm.code("Jefe".getBytes(UTF_8), "what do ya want for nothing?".getBytes(UTF_8)))
                .isEqualTo(hex(code));
    }

    private static Signature ofJdk(SigningAlgorithm algorithm) throws GeneralSecurityException {
        String digest = algorithm.digest().name().replace("_", "-");
        if (algorithm.scheme() == SigningAlgorithm.Scheme.PKCS1) {
            return Signature.getInstance(digest.replace("-", "") + "withRSA");
        }
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(
                digest,
                "MGF1",
                new MGF1ParameterSpec(digest),
                algorithm.digest().length(),
                1));
        return signature;
    }

    @ParameterizedTest
    @EnumSource(value = SigningAlgorithm.class, mode = EnumSource.Mode.MATCH_ANY, names = "RSASSA.*")
    void signaturesOfDigestsAreThoseThatTheJdkMakesOfMessages(SigningAlgorithm algorithm)
            throws GeneralSecurityException {
        byte[] digest = algorithm.digest().of(MESSAGE);
        byte[] own = Signatures.sign(KeySpec.RSA_2048, algorithm, RSA_PRIVATE, digest);
        Signature verifier = ofJdk(algorithm);
        verifier.initVerify(KeyPairs.publicKey(KeySpec.RSA_2048, RSA_PUBLIC));
        verifier.update(MESSAGE);
        assertThat(verifier.verify(own)).isTrue();

        Signature signer = ofJdk(algorithm);
        signer.initSign(KeyPairs.privateKey(KeySpec.RSA_2048, RSA_PRIVATE));
        signer.update(MESSAGE);
        byte[] theirs = signer.sign();
        assertThat(Signatures.verify(KeySpec.RSA_2048, algorithm, RSA_PUBLIC, digest, theirs))
                .isTrue();
        for (int bit = 0; bit < theirs.length * 8; bit += 37) {
            byte[] damaged = theirs.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(Signatures.verify(KeySpec.RSA_2048, algorithm, RSA_PUBLIC, digest, damaged))
                    .isFalse();
        }
        digest[0] ^= 1;
        assertThat(Signatures.verify(KeySpec.RSA_2048, algorithm, RSA_PUBLIC, digest, theirs))
                .isFalse();
    }

    @Test
    void aSignatureOfAnyLengthIsNoFault() {
        byte[] digest = Digest.SHA_256.of(MESSAGE);
        KeyPairs.Encoded pair = KeyPairs.generate(KeySpec.ECC_NIST_P256);
        for (int length = 0; length < 300; length++) {
            var nonsense = new byte[length];
            assertThat(Signatures.verify(
                            KeySpec.ECC_NIST_P256,
                            SigningAlgorithm.ECDSA_SHA_256,
                            pair.publicKey().toArray(),
                            digest,
                            nonsense))
                    .isFalse();
            Arrays.fill(nonsense, (byte) 0xff);
            assertThat(Signatures.verify(
                            KeySpec.RSA_2048, SigningAlgorithm.RSASSA_PSS_SHA_256, RSA_PUBLIC, digest, nonsense))
                    .isFalse();
        }
    }

    /** NIST CAVP, KAS ECC CDH primitive, P-256, count 0. */
    @Test
    void theAgreedSecretIsThatOfTheStandard() {
        byte[] own = hex("3041020100301306072a8648ce3d020106082a8648ce3d03010704273025020101" + "0420"
                + "7d7dc5f71eb29ddaf80d6214632eeae03d9058af1fb6d22ed80badb62bc1a534");
        String head = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";
        byte[] ownPublic = hex(head + "ead218590119e8876b29146ff89ca61770c4edbbf97d38ce385ed281d8a6b230"
                + "28af61281fd35e2fa7002523acc85a429cb06ee6648325389f59edfce1405141");
        byte[] peer = hex(head + "700c48f77f56584c5cc632ca65640db91b6bacce3a4df6b42ce7cc838833d287"
                + "db71e509e3fd9b060ddb20ba5c51dcc5948d46fbf640dfe0441782cab85fa4ac");
        assertThat(Agreement.secret(KeySpec.ECC_NIST_P256, own, ownPublic, peer).orElseThrow())
                .isEqualTo(hex("46fc62106420ff012e54a434fbdd2d25ccc5852060561e68040dd7778997bd7b"));
        peer[peer.length - 1] ^= 1;
        assertThat(Agreement.secret(KeySpec.ECC_NIST_P256, own, ownPublic, peer))
                .isEmpty();
    }
}
