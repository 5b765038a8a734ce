package io.gramme.transfer.bucket;

import java.util.Map;

/** Buckets of several places, told apart by their names. */
record RoutedBuckets(Map<String, Buckets> byName, Buckets otherwise) implements Buckets {
    RoutedBuckets {
        byName = Map.copyOf(byName);
    }

    @Override
    public Bucket named(String name, BucketAccess access) {
        return byName.getOrDefault(name, otherwise).named(name, access);
    }

    @Override
    public void close() {
        byName.values().forEach(Buckets::close);
        otherwise.close();
    }
}
