package io.gramme.http.tls;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;

/** Certificates and keys in PEM files, and the key stores of the JDK's TLS that are made of them. */
public final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN (RSA )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (RSA )?PRIVATE KEY-----");

    /** The algorithms to try in turn: the JDK cannot tell from an encoded key which one it is for. */
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private static final byte[] RSA = Der.sequence(Der.identifier("1.2.840.113549.1.1.1"), new byte[] {5, 0});
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /** Trust in the certificates of a file. */
    public static TrustManagerFactory trust(Path file) throws IOException, GeneralSecurityException {
        return trust(certificates(Files.readAllBytes(file), file));
    }

    static TrustManagerFactory trust(List<X509Certificate> certificates) throws IOException, GeneralSecurityException {
        KeyStore trusted = empty();
        int number = 0;
        for (Certificate certificate : certificates) {
            trusted.setCertificateEntry("ca-" + number++, certificate);
        }
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        return managers;
    }

    /** The identity to present: a certificate file with its chain of issuers, and the file of its private key. */
    public static KeyManagerFactory identity(Path certificate, Path key) throws IOException, GeneralSecurityException {
        return identity(certificates(Files.readAllBytes(certificate), certificate), privateKey(key));
    }

    static KeyManagerFactory identity(List<X509Certificate> chain, PrivateKey key)
            throws IOException, GeneralSecurityException {
        KeyStore own = empty();
        char[] password = new char[0];
        own.setKeyEntry("own", key, password, chain.toArray(Certificate[]::new));
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(own, password);
        return managers;
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    /** @param file that the content is of, for the message */
    static List<X509Certificate> certificates(byte[] content, Path file) throws GeneralSecurityException {
        var found = new ArrayList<X509Certificate>();
        try {
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content))) {
                found.add((X509Certificate) certificate);
            }
        } catch (CertificateException e) {
            throw new GeneralSecurityException("there is no certificate that can be read in " + file, e);
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in " + file);
        }
        return List.copyOf(found);
    }

    static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        return privateKey(Files.readAllBytes(file), file);
    }

    /** @param file that the content is of, for the message */
    static PrivateKey privateKey(byte[] content, Path file) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(new String(content, ISO_8859_1));
        if (!matcher.find()) {
            throw new GeneralSecurityException("there is no private key in " + file
                    + " in the required form (PKCS #8, not encrypted): convert it with openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] decoded = Base64.getMimeDecoder().decode(matcher.group(2));
        boolean bare = matcher.group(1) != null;
        var encoded = new PKCS8EncodedKeySpec(
                bare ? Der.sequence(Der.integer(BigInteger.ZERO), RSA, Der.octets(decoded)) : decoded);
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException _) {
                // The key is of another algorithm: try the next.
            }
        }
        throw new GeneralSecurityException("the private key in " + file + " is of none of " + ALGORITHMS);
    }

    static byte[] text(X509Certificate certificate) throws GeneralSecurityException {
        return text("CERTIFICATE", certificate.getEncoded());
    }

    static byte[] text(PrivateKey key) {
        return text("PRIVATE KEY", key.getEncoded());
    }

    private static byte[] text(String kind, byte[] content) {
        return ("-----BEGIN " + kind + "-----\n" + LINES.encodeToString(content) + "\n-----END " + kind + "-----\n")
                .getBytes(US_ASCII);
    }
}
