package io.gramme.kms.cipher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The primitives against vectors that were made to find faults. */
class WycheproofTest {

    /** @param kind ecdsa, of which the key is public, or oaep, of which it is private */
    record Vector(String kind, Bytes key, Bytes plain, Bytes made, boolean valid, String comment) {
        @Override
        public String toString() {
            return kind + ": " + comment;
        }
    }

    static List<Vector> vectors() throws IOException {
        var all = new ArrayList<Vector>();
        String kind = "";
        Bytes key = Bytes.EMPTY;
        for (String line : text().lines().filter(one -> !one.startsWith("#")).toList()) {
            String[] words = line.split(" ", 4);
            if (words[0].equals("key")) {
                kind = words[1];
                key = hex(words[2]);
            } else {
                all.add(new Vector(kind, key, hex(words[0]), hex(words[1]), words[2].equals("valid"), words[3]));
            }
        }
        assertThat(all).hasSize(21);
        return all;
    }

    private static String text() throws IOException {
        try (InputStream file = Objects.requireNonNull(WycheproofTest.class.getResourceAsStream("wycheproof.txt"))) {
            return new String(file.readAllBytes(), UTF_8);
        }
    }

    private static Bytes hex(String digits) {
        return digits.equals("-") ? Bytes.EMPTY : Bytes.wrap(HexFormat.of().parseHex(digits));
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void eachHasTheResultThatIsPublished(Vector vector) {
        if (vector.kind().equals("ecdsa")) {
            assertThat(Signatures.verify(
                            KeySpec.ECC_NIST_P256,
                            SigningAlgorithm.ECDSA_SHA_256,
                            vector.key().toArray(),
                            Digest.SHA_256.of(vector.plain().toArray()),
                            vector.made().toArray()))
                    .isEqualTo(vector.valid());
        } else {
            Optional<byte[]> opened = RsaEncryption.decrypt(
                    KeySpec.RSA_2048,
                    EncryptionAlgorithm.RSAES_OAEP_SHA_256,
                    vector.key().toArray(),
                    vector.made().toArray());
            assertThat(opened.isPresent()).isEqualTo(vector.valid());
            opened.ifPresent(plain -> assertThat(plain).isEqualTo(vector.plain().toArray()));
        }
    }
}
