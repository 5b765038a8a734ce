package io.gramme.recovery.load;

import io.gramme.tables.job.Job;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.format.Compression;
import io.gramme.transfer.format.InputFormat;
import io.gramme.transfer.format.ItemReader;
import io.gramme.transfer.format.RecordKind;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * The objects that a job reads: those of a bucket whose keys have a prefix. They are shared out among the parts of the
 * job by the hashes of their keys.
 */
record ObjectSource(Bucket bucket, String prefix, InputFormat format, RecordKind kind, Compression compression) {
    private static final int PARTS = 8;
    private static final int PAGE = 1_000;

    /** The ranges of a job: numbers of parts. Each part has the objects whose keys have its number as their hash. */
    static List<Job.Range> parts() {
        return LongStream.range(0, PARTS)
                .mapToObj(part -> new Job.Range(part, PARTS))
                .toList();
    }

    /**
     * Some of the next objects of a part, in the order of keys.
     *
     * @param end the key after which the next page begins
     * @param isLast whether there is no further page
     */
    record Page(List<String> keys, String end, boolean isLast) {}

    /** The next page of a part after a key that has an object of it, or is the last one. */
    Page next(Job.Range part, String after) {
        var page = new Page(List.of(), after, false);
        while (page.keys.isEmpty() && !page.isLast) {
            List<ObjectSummary> found = bucket.list(prefix, page.end, PAGE);
            List<String> keys = found.stream()
                    .filter(ObjectSource::isRead)
                    .map(ObjectSummary::key)
                    .filter(key -> Math.floorMod(key.hashCode(), part.to()) == part.from())
                    .toList();
            String end = found.isEmpty() ? page.end : found.getLast().key();
            page = new Page(keys, end, found.size() < PAGE);
        }
        return page;
    }

    /** Visits all objects of all parts. */
    void forEach(Consumer<ObjectSummary> visitor) {
        String last = "";
        List<ObjectSummary> page;
        do {
            page = bucket.list(prefix, last, PAGE);
            page.stream().filter(ObjectSource::isRead).forEach(visitor);
            last = page.isEmpty() ? last : page.getLast().key();
        } while (page.size() == PAGE);
    }

    /** A key with a slash at its end is a folder in the eyes of a console. */
    private static boolean isRead(ObjectSummary object) {
        return !object.key().endsWith("/");
    }

    ItemReader open(String key, long skip) {
        return ItemReader.open(bucket.get(key, 0), format, kind, compression, skip);
    }
}
