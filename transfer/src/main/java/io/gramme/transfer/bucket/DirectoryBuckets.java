package io.gramme.transfer.bucket;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.regex.Pattern;

/**
 * Buckets in a directory: each subdirectory is a bucket, each file in it an object. Serves any number of threads, and
 * several processes at once.
 *
 * <p>No name or key leads out of the root: a bucket's name has the characters of S3's bucket names, each segment of a
 * key is one file name ({@link FileNames}), and no link is followed. Files whose name is not that of a key are not
 * objects.
 *
 * <p>Two keys of S3 cannot be objects here at once if one is a directory of the other ({@code a} and {@code a/b}), and a
 * segment has at most 255 bytes as a file name.
 *
 * <p>An upload whose process has died leaves a file in {@code .uploads}, which a later upload deletes.
 */
public final class DirectoryBuckets implements Buckets {
    /** S3Bucket, as the API model has it. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9A-Z]+[.\\-\\w]*[a-z0-9A-Z]+");

    private static final int MAX_NAME = 255;

    private final Path root;
    private final InstantSource clock;

    /**
     * @param root exists; may be a link itself
     * @throws BucketException if it is no directory
     */
    public DirectoryBuckets(Path root) {
        this(root, InstantSource.system());
    }

    /** @param clock by which uploads are found that a process has left behind */
    public DirectoryBuckets(Path root, InstantSource clock) {
        this.clock = clock;
        try {
            this.root = root.toRealPath();
        } catch (IOException e) {
            throw new BucketException(
                    BucketException.Failure.NO_SUCH_BUCKET, "The directory of buckets " + root + " does not exist", e);
        }
        if (!Files.isDirectory(this.root)) {
            throw new BucketException(BucketException.Failure.NO_SUCH_BUCKET, root + " is no directory");
        }
    }

    /**
     * The bucket of this name in a directory; it is created if it is not there.
     *
     * @throws IOException if it cannot be created
     */
    public static Bucket create(Path root, String name) throws IOException {
        Files.createDirectories(root.resolve(name));
        return new DirectoryBuckets(root).named(name);
    }

    @Override
    public Bucket named(String name, BucketAccess access) {
        if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
            throw BucketException.noSuchBucket();
        }
        Path directory = root.resolve(name);
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw BucketException.noSuchBucket();
        }
        return new DirectoryBucket(name, directory, clock);
    }

    @Override
    public void close() {}
}
