package io.gramme.recovery.load;

import io.gramme.tables.job.Job;
import io.gramme.transfer.format.ItemReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The objects that parts of jobs are reading. An object stays open between two steps of its part, which continue in it
 * where the last one ended; without that, each step would read the object again from its beginning. Safe for use by
 * many threads, one for each part.
 */
final class ObjectParts {
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    /** @param next the number of the record that the reader is before */
    private record Open(String object, long next, ItemReader reader) {}

    /** The reading of the next records of a part, to be closed; empty if its objects are read. */
    Optional<ObjectRun> run(ObjectSource source, Job job, Job.Part part, ObjectCursor cursor) {
        Optional<String> object =
                cursor.isInObject() ? Optional.of(cursor.object()) : source.next(part.range(), cursor.object());
        long begin = Math.max(0, cursor.next());
        return object.map(key -> new ObjectRun(key, begin, reader(source, place(job, part), key, begin), cursor));
    }

    private ItemReader reader(ObjectSource source, String place, String key, long begin) {
        Open kept = open.remove(place);
        if (kept != null && kept.object.equals(key) && kept.next == begin) {
            return kept.reader;
        }
        if (kept != null) {
            kept.reader.close();
        }
        return source.open(key, begin);
    }

    /** Keeps the object of a run open for the next step, unless the run has read all of it or gave records back. */
    void keep(Job job, Job.Part part, ObjectRun run) {
        if (!run.isEnded() && !run.isCutShort()) {
            open.put(place(job, part), new Open(run.object(), run.at(), run.handOver()));
        }
    }

    /** Closes the objects of all parts. */
    void close(Job job) {
        for (int part = 0; part < job.ranges().size(); part++) {
            Open kept = open.remove(place(job.id(), part));
            if (kept != null) {
                kept.reader.close();
            }
        }
    }

    private static String place(Job job, Job.Part part) {
        return place(job.id(), part.number());
    }

    private static String place(String job, int part) {
        return job + "/" + part;
    }
}
