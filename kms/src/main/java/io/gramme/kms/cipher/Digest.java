package io.gramme.kms.cipher;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The digests of messages that are signed. */
public enum Digest {
    SHA_256("SHA-256", 32, "3031300d060960864801650304020105000420"),
    SHA_384("SHA-384", 48, "3041300d060960864801650304020205000430"),
    SHA_512("SHA-512", 64, "3051300d060960864801650304020305000440");

    private final String name;
    private final int length;
    private final String info;

    Digest(String name, int length, String info) {
        this.name = name;
        this.length = length;
        this.info = info;
    }

    /** In bytes. */
    public int length() {
        return length;
    }

    public byte[] of(byte[] message) {
        return instance().digest(message);
    }

    MessageDigest instance() {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no " + name, e);
        }
    }

    /** What stands before the digest in a signature of PKCS #1 version 1.5 (RFC 8017, 9.2, note 1). */
    byte[] info() {
        return HexFormat.of().parseHex(info);
    }
}
