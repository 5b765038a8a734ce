package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.http.tls.Pem;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a command that calls a running server by HTTPS. */
final class ClientTls {
    private static final String AWS_CA_BUNDLE = "AWS_CA_BUNDLE";

    @Option(names = "--tls", showDefaultValue = NEVER, description = "Call the server by HTTPS.")
    private boolean wanted;

    @Option(
            names = "--ca-bundle",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Call the server by HTTPS; trust the certificates in this file (PEM). Default with --tls:"
                    + " " + AWS_CA_BUNDLE + ", or the authorities of the JDK.")
    private @Nullable Path authorities;

    @Option(
            names = "--client-certificate",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Call the server by HTTPS; show the certificate in this file (PEM).")
    private @Nullable Path certificate;

    @Option(
            names = "--client-key",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Private key of --client-certificate (PEM, PKCS #8, not encrypted).")
    private @Nullable Path key;

    boolean isWanted() {
        return wanted || authorities != null || certificate != null || key != null;
    }

    /**
     * What to trust and to show.
     *
     * @throws IOException with a message for the user, if a file is not of use
     */
    SSLContext context() throws IOException {
        if ((certificate == null) != (key == null)) {
            throw new IOException("--client-certificate and --client-key go together");
        }
        Optional<Path> trusted = Optional.ofNullable(authorities)
                .or(() -> Optional.ofNullable(System.getenv(AWS_CA_BUNDLE))
                        .filter(name -> !name.isEmpty())
                        .map(Path::of));
        try {
            var context = SSLContext.getInstance("TLS");
            // The JDK supplies its default for each part that is not given.
            context.init(
                    certificate == null || key == null
                            ? null
                            : Pem.identity(certificate, key).getKeyManagers(),
                    trusted.isEmpty() ? null : Pem.trust(trusted.get()).getTrustManagers(),
                    null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IOException("cannot use the files of TLS: " + Failures.text(e), e);
        }
    }
}
