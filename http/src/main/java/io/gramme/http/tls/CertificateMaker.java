package io.gramme.http.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Makes certificates (RFC 5280) of keys on the curve P-256. */
final class CertificateMaker {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.identifier("1.2.840.10045.4.3.2"));
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SUBJECT_KEY = "2.5.29.14";
    private static final String KEY_USAGE = "2.5.29.15";
    private static final String ALTERNATIVE_NAMES = "2.5.29.17";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String AUTHORITY_KEY = "2.5.29.35";
    private static final String EXTENDED_USAGE = "2.5.29.37";
    private static final String SERVER = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    private static final int URI_NAME = 6;
    private static final int DNS_NAME = 2;
    private static final int ADDRESS_NAME = 7;
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.%]*:[0-9A-Fa-f:.%]*");

    private static final int SERIAL_BITS = 126;

    /** The clock of a client may be behind that of this machine. */
    private static final Duration BACKDATED = Duration.ofHours(1);

    private CertificateMaker() {}

    /** A certificate and its key. */
    record Issued(X509Certificate certificate, PrivateKey key) {}

    static KeyPair newKey(SecureRandom random) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }

    /** An authority that signs itself. */
    static Issued authority(String name, Instant now, Duration life, SecureRandom random)
            throws GeneralSecurityException {
        KeyPair pair = newKey(random);
        var extensions = new ArrayList<byte[]>();
        extensions.add(critical(BASIC_CONSTRAINTS, Der.sequence(Der.isTrue(), Der.integer(BigInteger.ZERO))));
        // Signs certificates and lists of revoked ones: the bits 5 and 6.
        extensions.add(critical(KEY_USAGE, Der.bits(new byte[] {0x06}, 1)));
        extensions.add(extension(SUBJECT_KEY, Der.octets(keyId(pair.getPublic()))));
        byte[] subject = name(name);
        return new Issued(
                signed(subject, subject, pair.getPublic(), pair.getPrivate(), now, life, extensions, random),
                pair.getPrivate());
    }

    /** The certificate of a server by these names: of hosts, or addresses. */
    static Issued server(Issued authority, List<String> names, Instant now, Duration life, SecureRandom random)
            throws GeneralSecurityException {
        byte[][] all = names.stream().map(CertificateMaker::alternative).toArray(byte[][]::new);
        return leaf(authority, names.getFirst(), all, SERVER, now, life, random);
    }

    /** The certificate of a client. */
    static Issued client(
            Issued authority, String name, List<String> uris, Instant now, Duration life, SecureRandom random)
            throws GeneralSecurityException {
        byte[][] all = uris.stream()
                .map(uri -> Der.implicit(URI_NAME, uri.getBytes(US_ASCII)))
                .toArray(byte[][]::new);
        return leaf(authority, name, all, CLIENT, now, life, random);
    }

    private static Issued leaf(
            Issued authority,
            String name,
            byte[][] alternatives,
            String usage,
            Instant now,
            Duration life,
            SecureRandom random)
            throws GeneralSecurityException {
        KeyPair pair = newKey(random);
        var extensions = new ArrayList<byte[]>();
        extensions.add(critical(BASIC_CONSTRAINTS, Der.sequence()));
        // Signs handshakes: the bit 0.
        extensions.add(critical(KEY_USAGE, Der.bits(new byte[] {(byte) 0x80}, 7)));
        extensions.add(extension(EXTENDED_USAGE, Der.sequence(Der.identifier(usage))));
        if (alternatives.length > 0) {
            extensions.add(extension(ALTERNATIVE_NAMES, Der.sequence(alternatives)));
        }
        extensions.add(extension(SUBJECT_KEY, Der.octets(keyId(pair.getPublic()))));
        byte[] issuerKey = keyId(authority.certificate().getPublicKey());
        extensions.add(extension(AUTHORITY_KEY, Der.sequence(Der.implicit(0, issuerKey))));
        byte[] issuer = authority.certificate().getSubjectX500Principal().getEncoded();
        return new Issued(
                signed(issuer, name(name), pair.getPublic(), authority.key(), now, life, extensions, random),
                pair.getPrivate());
    }

    private static byte[] alternative(String name) {
        if (!ADDRESS.matcher(name).matches()) {
            return Der.implicit(DNS_NAME, name.getBytes(US_ASCII));
        }
        try {
            // Without a look-up, because it has the form of an address.
            return Der.implicit(ADDRESS_NAME, InetAddress.getByName(name).getAddress());
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(name + " is not an address", e);
        }
    }

    private static byte[] name(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.identifier(COMMON_NAME), Der.text(commonName))));
    }

    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Arrays.copyOf(hash, 20);
    }

    private static byte[] extension(String identifier, byte[] content) {
        return Der.sequence(Der.identifier(identifier), Der.octets(content));
    }

    private static byte[] critical(String identifier, byte[] content) {
        return Der.sequence(Der.identifier(identifier), Der.isTrue(), Der.octets(content));
    }

    private static X509Certificate signed(
            byte[] issuer,
            byte[] subject,
            PublicKey key,
            PrivateKey signer,
            Instant now,
            Duration life,
            List<byte[]> extensions,
            SecureRandom random)
            throws GeneralSecurityException {
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS)),
                ECDSA_WITH_SHA256,
                issuer,
                Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(now.plus(life))),
                subject,
                key.getEncoded(),
                Der.explicit(3, Der.sequence(extensions.toArray(byte[][]::new))));
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(signer, random);
        signature.update(content);
        byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
    }
}
