package io.gramme.transfer.bucket;

import java.util.Map;

/** All buckets that a server can reach. Serves any number of threads. */
public interface Buckets extends AutoCloseable {
    /**
     * The bucket of this name, and with these request headers on all that is written to it.
     *
     * <p>A bucket that does not exist, or is closed to this server, fails here or at its first operation: a bucket at an
     * endpoint is not asked for before it is used.
     *
     * @throws BucketException if there is no such bucket
     */
    Bucket named(String name, BucketAccess access);

    /** The same, with the defaults of {@link BucketAccess}. */
    default Bucket named(String name) {
        return named(name, BucketAccess.DEFAULT);
    }

    /** Releases connections. Buckets that were handed out fail from now on. */
    @Override
    void close();

    /** Buckets that are found by their names: those in the map, and {@code otherwise} for every other name. */
    static Buckets routed(Map<String, Buckets> byName, Buckets otherwise) {
        return new RoutedBuckets(byName, otherwise);
    }
}
