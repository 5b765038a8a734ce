package io.gramme.http.tls;

import io.gramme.http.tls.LoadedTls.Content;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileSystemException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of a server, whose files may be replaced while it runs. A thread of its own looks at their content, whichever
 * way they change: by renaming, by writing or by a symbolic link on the way. Content that was the same at two looks is
 * tried; if it is of use, later connections get it, otherwise that is logged once and the former stays. Connections that
 * are open keep what they began with.
 *
 * <p>Safe for use by many threads.
 */
public final class ServerTls implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ServerTls.class.getName());

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    /** In the order of preference: forward secrecy and authenticated encryption alone. */
    private static final String[] CIPHERS = {
        "TLS_AES_128_GCM_SHA256",
        "TLS_AES_256_GCM_SHA384",
        "TLS_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
        "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
    };

    private static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    static {
        // A client of TLS 1.2 could otherwise have handshakes made without end on one connection.
        if (System.getProperty(NO_RENEGOTIATION) == null) {
            System.setProperty(NO_RENEGOTIATION, "true");
        }
    }

    private static final Duration RENEWAL = Duration.ofHours(1);

    private final TlsOptions options;
    private final TlsOptions.Source.Files files;
    private final Optional<SelfSignedFiles> own;
    private final InstantSource clock;
    private final Thread looking;

    private volatile LoadedTls current;

    /** What was last tried, for good or bad; used by the thread that looks. */
    private Content tried;

    private Content seen;
    private boolean unreadable;
    private Instant renewal;

    private ServerTls(TlsOptions options, InstantSource clock) throws IOException, GeneralSecurityException {
        this.options = options;
        this.clock = clock;
        switch (options.source()) {
            case TlsOptions.Source.Files given -> {
                files = given;
                own = Optional.empty();
            }
            case TlsOptions.Source.SelfSigned(var directory, var names) -> {
                var made = new SelfSignedFiles(directory, names);
                made.ensure(clock.instant());
                files = made.files();
                own = Optional.of(made);
            }
        }
        renewal = clock.instant().plus(RENEWAL);
        tried = Content.read(files, options.clientAuthorities());
        seen = tried;
        current = LoadedTls.of(tried, files, options.clientAuthorities(), clock.instant());
        looking = Thread.ofVirtual().name("tls-files").unstarted(this::look);
    }

    /**
     * Reads the files, makes them first if the server is its own authority, and begins to look at them.
     *
     * @throws IOException with a message for the user, if they are not of use
     */
    public static ServerTls open(TlsOptions options, InstantSource clock) throws IOException {
        try {
            var tls = new ServerTls(options, clock);
            tls.looking.start();
            return tls;
        } catch (FileSystemException e) {
            throw new IOException("cannot use the file of TLS " + text(e), e);
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot serve TLS: " + e.getMessage(), e);
        }
    }

    /** A new engine for one connection. */
    public SSLEngine engine() {
        SSLEngine engine = current.context().createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(CIPHERS);
        parameters.setUseCipherSuitesOrder(true);
        parameters.setNeedClientAuth(options.clientAuthorities().isPresent());
        engine.setSSLParameters(parameters);
        return engine;
    }

    public TlsOptions options() {
        return options;
    }

    /** The hosts and addresses that the certificate is for at present, in small letters. */
    public List<String> names() {
        return current.names();
    }

    /** When the present certificate ends. */
    public Instant expires() {
        return current.expires();
    }

    private void look() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(options.look());
                lookOnce();
            }
        } catch (InterruptedException _) {
            // The server closes.
        }
    }

    private void lookOnce() {
        try {
            renew(clock.instant());
            Content now = Content.read(files, options.clientAuthorities());
            unreadable = false;
            boolean settled = now.isSame(seen);
            seen = now;
            if (settled && !now.isSame(tried)) {
                tried = now;
                current = LoadedTls.of(now, files, options.clientAuthorities(), clock.instant());
                LOG.log(Level.INFO, "New connections get the certificate that expires at " + current.expires());
            }
        } catch (IOException e) {
            // For a moment a file that is replaced may not be there.
            if (!unreadable) {
                unreadable = true;
                LOG.log(Level.WARNING, "Cannot read the files of TLS, the former stay in use: " + text(e));
            }
        } catch (GeneralSecurityException e) {
            LOG.log(Level.ERROR, "The new files of TLS are not of use, the former stay in use: " + e.getMessage());
        }
    }

    private void renew(Instant now) throws IOException, GeneralSecurityException {
        if (own.isPresent() && now.isAfter(renewal)) {
            renewal = now.plus(RENEWAL);
            own.get().ensure(now);
        }
    }

    private static @Nullable String text(IOException e) {
        return e instanceof FileSystemException file && file.getReason() == null
                ? file.getFile() + ": " + file.getClass().getSimpleName().replace("Exception", "")
                : e.getMessage();
    }

    @Override
    public void close() {
        looking.interrupt();
    }
}
