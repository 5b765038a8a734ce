package io.gramme.transfer.bucket;

import java.util.Optional;

/**
 * How objects are requested of an S3 endpoint; other buckets ignore it.
 *
 * @param expectedOwner the account that must own the bucket, 12 digits
 * @param encryption of the objects that are written
 * @param kmsKey the id, ARN or alias of the key; only with {@link Encryption#KMS}, empty for the endpoint's own key
 */
public record BucketAccess(Optional<String> expectedOwner, Encryption encryption, Optional<String> kmsKey) {
    public static final BucketAccess DEFAULT = new BucketAccess(Optional.empty(), Encryption.AES256, Optional.empty());

    public BucketAccess {
        if (kmsKey.isPresent() && encryption != Encryption.KMS) {
            throw new IllegalArgumentException("a key without KMS");
        }
    }

    /** S3SseAlgorithm. */
    public enum Encryption {
        AES256,
        KMS
    }
}
