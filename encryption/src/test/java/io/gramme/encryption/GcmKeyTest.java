package io.gramme.encryption;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GcmKeyTest {
    record Vector(Bytes key, Bytes nonce, Bytes plain, Bytes authenticated, Bytes cipher, Bytes tag) {
        static Vector of(String line) {
            List<Bytes> parts = Arrays.stream(line.split(" ", -1))
                    .map(part -> Bytes.wrap(HexFormat.of().parseHex(part.equals("-") ? "" : part)))
                    .toList();
            return new Vector(parts.get(0), parts.get(1), parts.get(2), parts.get(3), parts.get(4), parts.get(5));
        }

        byte[] sealed() {
            return nonce.plus(cipher).plus(tag).toArray();
        }

        Optional<Bytes> open(byte[] sealed, Bytes with) {
            return new GcmKey(key.toArray()).open(sealed, 0, with.toArray()).map(Bytes::wrap);
        }
    }

    static List<Vector> vectors() throws IOException {
        try (var file = requireNonNull(GcmKeyTest.class.getResourceAsStream("aes-256-gcm.txt"))) {
            return new String(file.readAllBytes(), US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Vector::of)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatNistSealedOpens(Vector vector) {
        assertThat(vector.open(vector.sealed(), vector.authenticated)).contains(vector.plain);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void oneChangedBitOfItDoesNot(Vector vector) {
        byte[] sealed = vector.sealed();
        for (int i = 0; i < sealed.length; i++) {
            sealed[i] ^= 1;
            assertThat(vector.open(sealed, vector.authenticated)).isEmpty();
            sealed[i] ^= 1;
        }
        assertThat(vector.open(sealed, vector.authenticated.plus(Bytes.of(0)))).isEmpty();
    }

    @Test
    void twoSealsOfTheSameDiffer() {
        var key = new GcmKey(new byte[GcmKey.KEY_BYTES]);
        byte[] first = key.seal(new byte[10], new byte[0]);
        assertThat(key.seal(new byte[10], new byte[0])).isNotEqualTo(first);
        assertThat(key.open(first, 0, new byte[0]))
                .hasValueSatisfying(plain -> assertThat(plain).isEqualTo(new byte[10]));
    }
}
