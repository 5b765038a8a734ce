package io.gramme.transfer.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.ContentDigest;
import io.gramme.transfer.bucket.StoredObject;

/** Contents as the objects that they will be. */
final class StoredObjects {
    private StoredObjects() {}

    static StoredObject of(String key, Bytes content) {
        var digest = new ContentDigest();
        digest.update(content.shared(), 0, content.length());
        return digest.object(key);
    }
}
