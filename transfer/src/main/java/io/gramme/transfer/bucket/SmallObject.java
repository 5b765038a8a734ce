package io.gramme.transfer.bucket;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;
import java.io.InputStream;

/** Reads an object into memory, if it is small. */
final class SmallObject {
    private SmallObject() {}

    static Bytes read(Bucket bucket, String key, int limit) {
        try (InputStream content = bucket.get(key, 0L)) {
            byte[] read = content.readNBytes(limit);
            if (content.read() >= 0) {
                throw new BucketException(
                        BucketException.Failure.CHANGED, "The object " + key + " has more than " + limit + " bytes");
            }
            return Bytes.wrap(read);
        } catch (IOException e) {
            throw new BucketException(BucketException.Failure.UNAVAILABLE, "Cannot read " + key, e);
        }
    }
}
