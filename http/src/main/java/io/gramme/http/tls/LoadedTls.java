package io.gramme.http.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * What handshakes need, made of the content of the files at one moment, and found to fit together.
 *
 * @param names of hosts and addresses that the certificate is for
 * @param expires when the certificate ends
 */
record LoadedTls(SSLContext context, List<String> names, Instant expires) {

    /** The bytes of the files. */
    @SuppressWarnings("ArrayRecordComponent") // Compared by a method of its own.
    record Content(byte[] certificate, byte[] key, byte[] clientAuthorities) {

        static Content read(TlsOptions.Source.Files files, Optional<Path> clientAuthorities) throws IOException {
            return new Content(
                    Files.readAllBytes(files.certificate()),
                    Files.readAllBytes(files.key()),
                    clientAuthorities.isPresent() ? Files.readAllBytes(clientAuthorities.get()) : new byte[0]);
        }

        boolean isSame(Content other) {
            return Arrays.equals(certificate, other.certificate)
                    && Arrays.equals(key, other.key)
                    && Arrays.equals(clientAuthorities, other.clientAuthorities);
        }
    }

    /** @throws GeneralSecurityException with a message for the user, if the files are not of use */
    static LoadedTls of(Content content, TlsOptions.Source.Files files, Optional<Path> clientAuthorities, Instant now)
            throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = Pem.certificates(content.certificate, files.certificate());
        PrivateKey key = Pem.privateKey(content.key, files.key());
        X509Certificate own = chain.getFirst();
        Instant expires = own.getNotAfter().toInstant();
        if (!expires.isAfter(now)) {
            throw new GeneralSecurityException("the certificate in " + files.certificate() + " expired at " + expires);
        }
        if (!belong(own, key)) {
            throw new GeneralSecurityException(
                    "the key in " + files.key() + " is not that of the first certificate in " + files.certificate());
        }
        TrustManager[] trust = clientAuthorities.isEmpty()
                ? new TrustManager[0]
                : Pem.trust(Pem.certificates(content.clientAuthorities, clientAuthorities.get()))
                        .getTrustManagers();
        KeyManager[] identity = Pem.identity(chain, key).getKeyManagers();
        var context = SSLContext.getInstance("TLS");
        context.init(identity, trust, new SecureRandom());
        return new LoadedTls(context, CertificateNames.ofServer(own), expires);
    }

    private static boolean belong(X509Certificate certificate, PrivateKey key) throws GeneralSecurityException {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        if (!certificate.getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        byte[] text = {1, 2, 3};
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        // Of the key alone: what the certificate may be used for is the client's business.
        signature.initVerify(certificate.getPublicKey());
        signature.update(text);
        return signature.verify(signed);
    }
}
