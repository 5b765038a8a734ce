package io.gramme.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/** An authority for tests, and files of what it signs. */
public final class TestCertificates {
    private static final Duration YEAR = Duration.ofDays(365);

    private final SecureRandom random = new SecureRandom();
    private final Path directory;
    private final CertificateMaker.Issued authority;

    /** @param directory of the files, with the authority's in {@code ca.pem} */
    public TestCertificates(Path directory) throws IOException, GeneralSecurityException {
        this.directory = directory;
        this.authority = CertificateMaker.authority("Test authority", Instant.now(), YEAR, random);
        Files.write(authority(), Pem.text(authority.certificate()));
    }

    public Path authority() {
        return directory.resolve("ca.pem");
    }

    /** The files of a certificate for these hosts: {@code NAME.pem} and {@code NAME.key}. */
    public TlsOptions.Source.Files server(String file, String... hosts) throws IOException, GeneralSecurityException {
        return write(file, CertificateMaker.server(authority, List.of(hosts), Instant.now(), YEAR, random));
    }

    public TlsOptions.Source.Files expired(String file, String... hosts) throws IOException, GeneralSecurityException {
        Instant then = Instant.now().minus(Duration.ofDays(9));
        return write(file, CertificateMaker.server(authority, List.of(hosts), then, Duration.ofDays(2), random));
    }

    public TlsOptions.Source.Files client(String file, String name, String... uris)
            throws IOException, GeneralSecurityException {
        return write(file, CertificateMaker.client(authority, name, List.of(uris), Instant.now(), YEAR, random));
    }

    private TlsOptions.Source.Files write(String file, CertificateMaker.Issued issued)
            throws IOException, GeneralSecurityException {
        Path certificate = Files.write(directory.resolve(file + ".pem"), Pem.text(issued.certificate()));
        Path key = Files.write(directory.resolve(file + ".key"), Pem.text(issued.key()));
        return new TlsOptions.Source.Files(certificate, key);
    }

    /** Trust in the authority in a file alone. */
    public static SSLContext trusting(Path authority) throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], Pem.trust(authority).getTrustManagers(), null);
        return context;
    }

    /** The same, with a certificate to show. */
    public static SSLContext trusting(Path authority, TlsOptions.Source.Files own)
            throws IOException, GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(
                Pem.identity(own.certificate(), own.key()).getKeyManagers(),
                Pem.trust(authority).getTrustManagers(),
                null);
        return context;
    }
}
