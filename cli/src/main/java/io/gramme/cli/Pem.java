package io.gramme.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Reads certificates and keys from PEM files into the key stores of the JDK's TLS. */
final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** The algorithms to try in turn: the JDK cannot tell from an encoded key which one it is for. */
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private Pem() {}

    /** Trust in the certificates of a file. */
    static TrustManagerFactory trust(Path file) throws IOException, GeneralSecurityException {
        KeyStore trusted = empty();
        int number = 0;
        for (Certificate certificate : certificates(file)) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers;
    }

    /** The identity to present: a certificate file with its chain of issuers, and the file of its private key. */
    static KeyManagerFactory identity(Path certificate, Path key) throws IOException, GeneralSecurityException {
        KeyStore own = empty();
        char[] password = new char[0];
        own.setKeyEntry(
                "own", privateKey(key), password, certificates(certificate).toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, password);
        return managers;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            List<Certificate> found =
                    List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(in));
            if (found.isEmpty()) {
                throw new GeneralSecurityException("there is no certificate in " + file);
            }
            return found;
        }
    }

    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        Matcher matcher = KEY.matcher(Files.readString(file));
        if (!matcher.find()) {
            throw new GeneralSecurityException("there is no private key in " + file
                    + " in the required form (PKCS #8, not encrypted): convert it with openssl pkcs8 -topk8 -nocrypt");
        }
        var encoded = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException _) {
                // The key is of another algorithm: try the next.
            }
        }
        throw new GeneralSecurityException("the private key in " + file + " is of none of " + ALGORITHMS);
    }
}
