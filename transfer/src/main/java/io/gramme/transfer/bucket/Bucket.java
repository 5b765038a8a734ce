package io.gramme.transfer.bucket;

import io.gramme.core.bytes.Bytes;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Named objects, each a run of bytes, in the order of the UTF-8 bytes of their keys. An object appears whole, replaces
 * any earlier one of its key whole, and is never changed.
 *
 * <p>A key is 1 to 1,024 bytes of UTF-8. Every method throws {@link BucketException}. Serves any number of threads.
 */
public interface Bucket {
    String name();

    /** Begins an object. Nothing is visible before {@link Upload#complete()}. */
    Upload put(String key);

    /** Writes a small object whole. */
    default StoredObject put(String key, Bytes content) {
        try (Upload upload = put(key)) {
            upload.write(content.shared(), 0, content.length());
            return upload.complete();
        }
    }

    /**
     * The bytes of an object from {@code offset} on. The stream throws only {@link BucketException}, so a reader on top
     * of it can tell a failure of the bucket from damage of the content.
     *
     * @throws BucketException NO_SUCH_KEY, if there is no such object
     */
    InputStream get(String key, long offset);

    /** The content of a small object. @throws BucketException also if it has more than {@code limit} bytes */
    default Bytes content(String key, int limit) {
        return SmallObject.read(this, key, limit);
    }

    Optional<ObjectSummary> head(String key);

    /**
     * A page of the objects whose keys begin with {@code prefix} and are greater than {@code after}, in key order.
     *
     * @param prefix empty for all
     * @param after empty to begin at the first
     * @param limit 1 to 1,000; fewer are returned only if there are no more
     */
    List<ObjectSummary> list(String prefix, String after, int limit);

    /** Deletes an object. That there is none is no error. */
    void delete(String key);
}
