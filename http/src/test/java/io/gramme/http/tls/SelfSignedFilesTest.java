package io.gramme.http.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfSignedFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");
    private static final List<String> NAMES = List.of("localhost", "127.0.0.1", "::1", "db.example");

    @TempDir
    private Path directory = Path.of("");

    private X509Certificate certificate(String file) throws Exception {
        Path path = directory.resolve(file);
        return Pem.certificates(Files.readAllBytes(path), path).getFirst();
    }

    @Test
    void theCertificateIsForItsNamesAndSignedByTheAuthority() throws Exception {
        new SelfSignedFiles(directory, NAMES).ensure(NOW);
        X509Certificate server = certificate("server.pem");
        X509Certificate authority = certificate("ca.pem");
        server.verify(authority.getPublicKey());
        authority.verify(authority.getPublicKey());
        assertThat(CertificateNames.ofServer(server))
                .containsExactly("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1", "db.example");
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(Duration.between(NOW, server.getNotAfter().toInstant())).isLessThan(Duration.ofDays(398));
    }

    @Test
    void onlyTheOwnerReadsTheKeys() throws Exception {
        new SelfSignedFiles(directory.resolve("tls"), NAMES).ensure(NOW);
        for (String key : List.of("tls/ca-key.pem", "tls/server-key.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(key))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("tls"))))
                .isEqualTo("rwx------");
    }

    @Test
    void whatIsOfUseStays() throws Exception {
        new SelfSignedFiles(directory, NAMES).ensure(NOW);
        byte[] before = Files.readAllBytes(directory.resolve("server.pem"));
        new SelfSignedFiles(directory, NAMES.subList(0, 2)).ensure(NOW.plus(Duration.ofDays(300)));
        assertThat(Files.readAllBytes(directory.resolve("server.pem"))).isEqualTo(before);
    }

    @Test
    void aCertificateNearItsEndOrForOtherNamesIsMadeAnewByTheSameAuthority() throws Exception {
        new SelfSignedFiles(directory, NAMES).ensure(NOW);
        byte[] authority = Files.readAllBytes(directory.resolve("ca.pem"));
        X509Certificate first = certificate("server.pem");

        new SelfSignedFiles(directory, NAMES).ensure(NOW.plus(Duration.ofDays(350)));
        X509Certificate second = certificate("server.pem");
        assertThat(second.getNotAfter()).isAfter(first.getNotAfter());

        new SelfSignedFiles(directory, List.of("other.example")).ensure(NOW.plus(Duration.ofDays(350)));
        assertThat(CertificateNames.ofServer(certificate("server.pem"))).containsExactly("other.example");
        assertThat(Files.readAllBytes(directory.resolve("ca.pem"))).isEqualTo(authority);
    }
}
