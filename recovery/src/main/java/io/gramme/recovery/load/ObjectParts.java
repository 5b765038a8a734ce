package io.gramme.recovery.load;

import io.gramme.tables.job.Job;
import io.gramme.transfer.format.ItemReader;
import java.util.List;
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

    /** The objects that come next, by job and part. */
    private final Map<String, Listed> listed = new ConcurrentHashMap<>();

    /** @param taken the object before them */
    private record Listed(String taken, ObjectSource.Page page) {}

    /** The reading of the next records of a part, to be closed; empty if its objects are read. */
    Optional<ObjectRun> run(ObjectSource source, Job job, Job.Part part, ObjectCursor cursor) {
        Optional<String> object =
                cursor.isInObject() ? Optional.of(cursor.object()) : next(source, job, part, cursor.object());
        long begin = Math.max(0, cursor.next());
        return object.map(key -> new ObjectRun(key, begin, reader(source, place(job, part), key, begin), cursor));
    }

    /** The next object after one. Without the page that is kept, the bucket would be listed for each object. */
    private Optional<String> next(ObjectSource source, Job job, Job.Part part, String after) {
        Listed kept = listed.remove(place(job, part));
        ObjectSource.Page page =
                kept != null && kept.taken.equals(after) ? kept.page : new ObjectSource.Page(List.of(), after, false);
        if (page.keys().isEmpty() && !page.isLast()) {
            page = source.next(part.range(), page.end());
        }
        if (page.keys().isEmpty()) {
            return Optional.empty();
        }
        String object = page.keys().getFirst();
        List<String> rest = page.keys().subList(1, page.keys().size());
        listed.put(place(job, part), new Listed(object, new ObjectSource.Page(rest, page.end(), page.isLast())));
        return Optional.of(object);
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
            listed.remove(place(job.id(), part));
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
