package io.gramme.http.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a server speaks TLS: versions 1.3 and 1.2, below HTTP/1.1.
 *
 * @param source of the certificate of the server
 * @param clientAuthorities a file of the authorities (PEM) one of which must have signed the certificate of a client;
 *     empty if clients need none
 * @param handshake the time for a handshake, after which the connection is closed
 * @param look the interval at which the files are looked at for changes
 */
public record TlsOptions(Source source, Optional<Path> clientAuthorities, Duration handshake, Duration look) {
    private static final Duration HANDSHAKE = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** Where the certificate of a server is from. */
    public sealed interface Source {
        /**
         * Two files (PEM).
         *
         * @param certificate with the chain of its issuers behind it
         * @param key PKCS #8, or PKCS #1 for RSA, not encrypted
         */
        record Files(Path certificate, Path key) implements Source {}

        /**
         * An authority of this server's own, which it makes at its first start and renews the certificate with.
         *
         * @param directory of their four files; the keys can be read by their owner alone
         * @param names of hosts, or addresses, that the certificate is for
         */
        record SelfSigned(Path directory, List<String> names) implements Source {
            public SelfSigned {
                names = List.copyOf(names);
            }

            /** The file of the authority, which clients have to trust. */
            public Path authority() {
                return directory.resolve(SelfSignedFiles.AUTHORITY);
            }
        }
    }

    /** For clients without certificates, with the defaults of all times. */
    public static TlsOptions of(Source source) {
        return new TlsOptions(source, Optional.empty(), HANDSHAKE, LOOK);
    }

    /** The same, for clients whose certificates these authorities signed. */
    public TlsOptions withClientAuthorities(Path file) {
        return new TlsOptions(source, Optional.of(file), handshake, look);
    }

    /** The same with another interval of looking at the files. */
    public TlsOptions withLook(Duration interval) {
        return new TlsOptions(source, clientAuthorities, handshake, interval);
    }
}
