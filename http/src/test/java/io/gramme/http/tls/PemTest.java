package io.gramme.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTest {
    @TempDir
    private Path directory = Path.of("");

    private Path file(String content) throws IOException {
        return Files.writeString(directory.resolve("file.pem"), content);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC", "RSA", "Ed25519"})
    void aKeyIsReadWhateverItIsFor(String algorithm) throws Exception {
        PrivateKey key =
                KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
        Path file = file("what stands before does not matter\n-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        assertThat(Pem.privateKey(file).getEncoded()).isEqualTo(key.getEncoded());
    }

    @Test
    void aKeyInAnotherFormIsRefusedWithWhatToDo() throws Exception {
        Path file = file("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEE\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.privateKey(file))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
    }

    @Test
    void aKeyOfNobodysIsRefused() throws Exception {
        Path file = file("-----BEGIN PRIVATE KEY-----\nMHcCAQEE\n-----END PRIVATE KEY-----\n");
        assertThatThrownBy(() -> Pem.privateKey(file))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("is of none of");
    }

    @Test
    void aFileWithoutCertificatesIsTrustedByNobody() throws Exception {
        Path file = file("");
        assertThatThrownBy(() -> Pem.trust(file))
                .isInstanceOf(GeneralSecurityException.class)
                .hasMessageContaining("there is no certificate");
    }
}
