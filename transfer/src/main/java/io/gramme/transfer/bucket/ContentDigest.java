package io.gramme.transfer.bucket;

import io.gramme.core.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The size and the digests of a content that passes by. Used by one thread at a time. */
public final class ContentDigest {
    private final MessageDigest md5 = digest("MD5");
    private final MessageDigest sha256 = digest("SHA-256");
    private long size;

    /** Every JDK has the algorithms that are used here. */
    static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public void update(byte[] content, int from, int length) {
        md5.update(content, from, length);
        sha256.update(content, from, length);
        size += length;
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** The whole content as an object of this key. Can be called once. */
    public StoredObject object(String key) {
        Bytes sum = Bytes.wrap(md5.digest());
        return new StoredObject(key, size, sum, Bytes.wrap(sha256.digest()), sum.toString());
    }

    /** The same, with the etag that the bucket has given it. */
    StoredObject object(String key, String etag) {
        return new StoredObject(key, size, Bytes.wrap(md5.digest()), Bytes.wrap(sha256.digest()), etag);
    }
}
