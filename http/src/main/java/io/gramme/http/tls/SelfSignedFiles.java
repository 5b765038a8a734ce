package io.gramme.http.tls;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;

/**
 * The directory of an authority of this server's own, and of the certificate that it signed for it. The authority stays
 * the same as long as its files do, so that clients have to trust it only once; the certificate is made anew when it is
 * for other names, or near its end.
 */
final class SelfSignedFiles {
    static final String AUTHORITY = "ca.pem";
    private static final String AUTHORITY_KEY = "ca-key.pem";
    private static final String CERTIFICATE = "server.pem";
    private static final String KEY = "server-key.pem";

    private static final Duration LIFE_OF_AUTHORITY = Duration.ofDays(3650);

    /** Clients may refuse a certificate that is valid for more than 398 days. */
    private static final Duration LIFE = Duration.ofDays(397);

    private static final Duration RENEWED_BEFORE_END = Duration.ofDays(60);

    private final Path directory;
    private final List<String> names;
    private final SecureRandom random = new SecureRandom();

    SelfSignedFiles(Path directory, List<String> names) {
        this.directory = directory;
        this.names = List.copyOf(names);
    }

    TlsOptions.Source.Files files() {
        return new TlsOptions.Source.Files(directory.resolve(CERTIFICATE), directory.resolve(KEY));
    }

    /** Makes what is not there, or no longer of use. */
    void ensure(Instant now) throws IOException, GeneralSecurityException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, only("rwx------"));
        }
        CertificateMaker.Issued authority = authority(now);
        if (!isOfUse(authority.certificate(), now)) {
            CertificateMaker.Issued server = CertificateMaker.server(authority, names, now, LIFE, random);
            byte[] chain = Der.joined(Pem.text(server.certificate()), Pem.text(authority.certificate()));
            write(KEY, Pem.text(server.key()), "rw-------");
            write(CERTIFICATE, chain, "rw-r--r--");
        }
    }

    private CertificateMaker.Issued authority(Instant now) throws IOException, GeneralSecurityException {
        Path certificate = directory.resolve(AUTHORITY);
        Path key = directory.resolve(AUTHORITY_KEY);
        if (Files.exists(certificate) && Files.exists(key)) {
            return new CertificateMaker.Issued(
                    Pem.certificates(Files.readAllBytes(certificate), certificate)
                            .getFirst(),
                    Pem.privateKey(key));
        }
        byte[] mark = new byte[4];
        random.nextBytes(mark);
        String name = "Gramme local authority " + HexFormat.of().formatHex(mark);
        CertificateMaker.Issued made = CertificateMaker.authority(name, now, LIFE_OF_AUTHORITY, random);
        write(AUTHORITY_KEY, Pem.text(made.key()), "rw-------");
        write(AUTHORITY, Pem.text(made.certificate()), "rw-r--r--");
        return made;
    }

    private boolean isOfUse(X509Certificate authority, Instant now) throws IOException, GeneralSecurityException {
        Path file = directory.resolve(CERTIFICATE);
        if (!Files.exists(file) || !Files.exists(directory.resolve(KEY))) {
            return false;
        }
        X509Certificate present =
                Pem.certificates(Files.readAllBytes(file), file).getFirst();
        boolean lasts = present.getNotAfter().toInstant().isAfter(now.plus(RENEWED_BEFORE_END));
        boolean ofAuthority = present.getIssuerX500Principal().equals(authority.getSubjectX500Principal());
        return lasts
                && ofAuthority
                && new HashSet<>(CertificateNames.ofServer(present)).containsAll(CertificateNames.normal(names));
    }

    private void write(String name, byte[] content, String permissions) throws IOException {
        Path next = directory.resolve(name + ".new");
        Files.deleteIfExists(next);
        // Made with its permissions: at no moment can others read it.
        Files.createFile(next, only(permissions));
        Files.write(next, content);
        Files.move(next, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static FileAttribute<?>[] only(String permissions) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
