package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.transfer.bucket.Bucket;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.bucket.BucketException.Failure;
import io.gramme.transfer.bucket.ObjectSummary;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of one sealed backup, as a client copies them. Each has a name relative to the folder. For use by any
 * thread; every method throws {@link BucketException}.
 */
public final class BackupFolder {
    /** The file by which a folder is a backup. A copy gets it last. */
    public static final String SEAL = BackupSeal.NAME;

    /** Plain segments, none of which leads out of the folder. */
    private static final Pattern NAME = Pattern.compile("(?!\\.)[\\w.-]+(/(?!\\.)[\\w.-]+)*");

    private final Bucket bucket;
    private final String folder;

    BackupFolder(Bucket bucket, String folder) {
        this.bucket = bucket;
        this.folder = folder;
    }

    /** @param bytes its size */
    public record File(String name, long bytes) {}

    /**
     * Some bytes of a file.
     *
     * @param next where the bytes behind them begin; empty at the end of the file
     */
    public record Chunk(Bytes content, Optional<Long> next) {}

    /** The last segment of its key, by which it is known in every place of backups. */
    public String name() {
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /**
     * Files in the order of their names.
     *
     * @param after empty to begin at the first
     * @param limit 1 to 1,000; fewer are returned only if there are no more
     */
    public List<File> list(String after, int limit) {
        String prefix = folder + "/";
        return bucket.list(prefix, after.isEmpty() ? "" : prefix + after, limit).stream()
                .map(object -> new File(object.key().substring(prefix.length()), object.size()))
                .toList();
    }

    /** The bytes of a file from {@code offset} on, at most {@code limit}; empty if there is no such file. */
    public Optional<Chunk> read(String name, long offset, int limit) {
        if (!NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        String key = folder + "/" + name;
        try {
            Optional<ObjectSummary> object = bucket.head(key);
            if (object.isEmpty() || offset >= object.get().size()) {
                return object.map(_ -> new Chunk(Bytes.EMPTY, Optional.empty()));
            }
            return Optional.of(read(key, object.get().size(), offset, limit));
        } catch (BucketException e) {
            // Deleted meanwhile; or longer than the name of any object can be.
            if (e.failure() == Failure.NO_SUCH_KEY || e.failure() == Failure.INVALID_KEY) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Chunk read(String key, long size, long offset, int limit) {
        try (InputStream content = bucket.get(key, offset)) {
            Bytes read = Bytes.wrap(content.readNBytes(limit));
            long next = offset + read.length();
            return new Chunk(read, next < size ? Optional.of(next) : Optional.empty());
        } catch (IOException e) {
            throw new BucketException(Failure.UNAVAILABLE, "Cannot read " + key, e);
        }
    }
}
