package io.gramme.recovery.load;

import io.gramme.tables.job.Job;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.ObjectSummary;
import io.gramme.transfer.format.Compression;
import io.gramme.transfer.format.InputFormat;
import io.gramme.transfer.format.ItemReader;
import io.gramme.transfer.format.RecordKind;
import java.util.List;
import java.util.Optional;
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

    /** The next object of a part after one, in the order of keys. */
    Optional<String> next(Job.Range part, String after) {
        String last = after;
        while (true) {
            List<ObjectSummary> page = bucket.list(prefix, last, PAGE);
            Optional<String> found = page.stream()
                    .filter(ObjectSource::isRead)
                    .map(ObjectSummary::key)
                    .filter(key -> Math.floorMod(key.hashCode(), part.to()) == part.from())
                    .findFirst();
            if (found.isPresent() || page.size() < PAGE) {
                return found;
            }
            last = page.getLast().key();
        }
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
