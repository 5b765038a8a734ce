package io.gramme.recovery.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.StorageException;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobFailedException;
import io.gramme.tables.job.JobKind.Step;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.export.DataFile;
import io.gramme.transfer.export.ExportFolder;
import io.gramme.transfer.export.ExportedFile;
import java.util.List;
import java.util.Optional;

/**
 * Writes the folder of an export, one data file with each step of a job. A step that runs again after a crash writes its
 * file again, under the same name.
 */
public final class FolderWriter {
    private final FileRows files;

    public FolderWriter(FileRows files) {
        this.files = files;
    }

    /** The records of an export, in the order in which a job reads them. */
    @FunctionalInterface
    public interface Source {
        /**
         * Writes the next records of a range.
         *
         * @param cursor where the previous ones ended; empty at the beginning
         */
        Written write(Job.Range range, Optional<Bytes> cursor, DataFile file);
    }

    /**
     * @param items that were read
     * @param bytes of these items
     * @param next where the next ones begin; empty if there are none
     */
    public record Written(long items, long bytes, Optional<Bytes> next) {}

    /** Writes the next file of a part. @throws BucketException to be turned into a {@link #failure} */
    public Step step(ExportFolder folder, Job job, Job.Part part, Source source) {
        int ordinal = part.cursor().map(cursor -> cursor.intAt(0)).orElse(0);
        Optional<Bytes> at = part.cursor().map(cursor -> cursor.from(Integer.BYTES));
        long items = 0;
        long bytes = 0;
        if (ordinal == 0 && part.number() == 0) {
            folder.begin();
        }
        try (DataFile file = folder.file(part.number(), ordinal)) {
            do {
                Written written = source.write(part.range(), at, file);
                items += written.items;
                bytes += written.bytes;
                at = written.next;
            } while (at.isPresent() && !file.isFull());
            files.put(job.id(), part.number(), ordinal, file.complete());
        }
        var processed = new Job.Counters(items, bytes, 0);
        return at.isPresent()
                ? new Step.Advanced(Bytes.ofInt(ordinal + 1).plus(at.get()), processed)
                : new Step.Done(processed);
    }

    /** The files of a job, in the order of its parts. */
    public List<ExportedFile> files(Job job) {
        return files.of(job.id());
    }

    public void forget(Job job) {
        files.forget(job.id());
    }

    /**
     * What a failure of a bucket is to a job.
     *
     * @throws StorageException if a retry may help: then the job is tried again
     */
    public static JobFailedException failure(BucketException failure) {
        if (failure.isTransient()) {
            throw new StorageException("a bucket failed: " + failure.getMessage(), failure);
        }
        return new JobFailedException(failure.failure().code() + ": " + failure.getMessage());
    }
}
