package io.gramme.transfer.bucket;

import io.gramme.core.bytes.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Buckets in memory, for tests and for servers that keep nothing. Objects take heap. Serves any number of threads. */
public final class MemoryBuckets implements Buckets {
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    /** Makes an empty bucket, unless there is one of that name. */
    public Bucket create(String name) {
        return buckets.computeIfAbsent(name, MemoryBucket::new);
    }

    @Override
    public Bucket named(String name, BucketAccess access) {
        Bucket bucket = buckets.get(name);
        if (bucket == null) {
            throw BucketException.noSuchBucket();
        }
        return bucket;
    }

    @Override
    public void close() {}

    private static final class MemoryBucket implements Bucket {
        private final String name;
        private final NavigableMap<String, Entry> objects = new ConcurrentSkipListMap<>(ObjectKeys::compare);

        private record Entry(Bytes content, String version) {}

        MemoryBucket(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Upload put(String key) {
            ObjectKeys.require(key);
            var content = new ByteArrayOutputStream();
            return new DigestedUpload(key) {
                @Override
                void store(byte[] bytes, int from, int length) {
                    content.write(bytes, from, length);
                }

                @Override
                StoredObject finish(ContentDigest digest) {
                    StoredObject stored = digest.object(key);
                    objects.put(key, new Entry(Bytes.wrap(content.toByteArray()), stored.etag()));
                    return stored;
                }

                @Override
                void discard() {
                    content.reset();
                }
            };
        }

        @Override
        public InputStream get(String key, long offset) {
            Entry found = objects.get(key);
            if (found == null) {
                throw BucketException.noSuchKey(key);
            }
            int from = (int) Math.min(offset, found.content.length());
            return new ByteArrayInputStream(found.content.shared(), from, found.content.length() - from);
        }

        @Override
        public Optional<ObjectSummary> head(String key) {
            return Optional.ofNullable(objects.get(key)).map(entry -> summary(key, entry));
        }

        private static ObjectSummary summary(String key, Entry entry) {
            return new ObjectSummary(key, entry.content.length(), entry.version);
        }

        @Override
        public List<ObjectSummary> list(String prefix, String after, int limit) {
            boolean atPrefix = ObjectKeys.compare(after, prefix) < 0;
            return objects.tailMap(atPrefix ? prefix : after, atPrefix).entrySet().stream()
                    .takeWhile(object -> object.getKey().startsWith(prefix))
                    .limit(limit)
                    .map(object -> summary(object.getKey(), object.getValue()))
                    .toList();
        }

        @Override
        public void delete(String key) {
            objects.remove(key);
        }

        @Override
        public String toString() {
            return "memory:" + name;
        }
    }
}
