package io.gramme.transfer.bucket;

class MemoryBucketsTest extends BucketContract {
    private final MemoryBuckets buckets = new MemoryBuckets();

    MemoryBucketsTest() {
        buckets.create(NAME);
    }

    @Override
    Buckets buckets() {
        return buckets;
    }
}
