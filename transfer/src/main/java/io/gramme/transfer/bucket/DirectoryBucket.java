package io.gramme.transfer.bucket;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A directory as a bucket; see {@link DirectoryBuckets}. */
final class DirectoryBucket implements Bucket {
    /** Where objects are written before they are renamed. No key has this name, since it begins with a dot. */
    static final String UPLOADS = ".uploads";

    private static final int MAX_FILE_NAME = 255;
    private static final int MAX_PATH = 2_048;

    /** A draft to which nothing was written for so long has no writer any more. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final String name;
    private final Path directory;
    private final InstantSource clock;

    DirectoryBucket(String name, Path directory, InstantSource clock) {
        this.name = name;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Upload put(String key) {
        Path target = path(key);
        try {
            Path uploads = directory.resolve(UPLOADS);
            makeDirectory(uploads);
            deleteAbandoned(uploads);
            Path draft = Files.createTempFile(uploads, "", "");
            return new FileUpload(key, draft, target);
        } catch (IOException e) {
            throw failure("write", key, e);
        }
    }

    private void deleteAbandoned(Path uploads) throws IOException {
        FileTime limit = FileTime.from(clock.instant().minus(ABANDONED));
        try (DirectoryStream<Path> drafts = Files.newDirectoryStream(uploads)) {
            for (Path draft : drafts) {
                if (Files.getLastModifiedTime(draft, NOFOLLOW_LINKS).compareTo(limit) < 0) {
                    Files.deleteIfExists(draft);
                }
            }
        } catch (NoSuchFileException _) {
            // Another upload has ended or deleted it meanwhile.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private final class FileUpload extends DigestedUpload {
        private final Path draft;
        private final Path target;
        private final FileChannel file;

        FileUpload(String key, Path draft, Path target) throws IOException {
            super(key);
            this.draft = draft;
            this.target = target;
            this.file = FileChannel.open(draft, WRITE);
        }

        @Override
        void store(byte[] content, int from, int length) {
            try {
                var left = ByteBuffer.wrap(content, from, length);
                while (left.hasRemaining()) {
                    file.write(left);
                }
            } catch (IOException e) {
                throw failure("write", key, e);
            }
        }

        @Override
        StoredObject finish(ContentDigest content) {
            try {
                file.force(true);
                file.close();
                makeParents(target);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                sync(parentOf(target));
                return content.object(key);
            } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
                throw inTheWay(key, e);
            } catch (IOException e) {
                if (Files.isDirectory(target, NOFOLLOW_LINKS)) {
                    throw inTheWay(key, e);
                }
                throw failure("write", key, e);
            }
        }

        @Override
        void discard() {
            try {
                file.close();
                Files.deleteIfExists(draft);
            } catch (IOException _) {
                // A file in the directory of uploads is no object; it only takes space.
            }
        }
    }

    /** Creates the directories between the bucket and a file, each durably, and follows no link. */
    private void makeParents(Path file) throws IOException {
        Path parent = directory;
        for (Path step : directory.relativize(parentOf(file))) {
            parent = parent.resolve(step);
            if (!step.toString().isEmpty()) {
                makeDirectory(parent);
            }
        }
    }

    private static void makeDirectory(Path path) throws IOException {
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createDirectory(path);
            sync(parentOf(path));
        } catch (FileAlreadyExistsException e) {
            // Another thread was faster, or there is a file or a link.
            if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
                throw e;
            }
        }
    }

    /** Makes the names in a directory durable. */
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    @Override
    public InputStream get(String key, long offset) {
        Path file = path(key);
        if (summary(key, file).isEmpty()) {
            throw BucketException.noSuchKey(key);
        }
        try {
            SeekableByteChannel channel = Files.newByteChannel(file, READ, NOFOLLOW_LINKS);
            channel.position(offset);
            return new BucketStream(Channels.newInputStream(channel), e -> failure("read", key, e));
        } catch (NoSuchFileException _) {
            throw BucketException.noSuchKey(key);
        } catch (IOException e) {
            throw failure("read", key, e);
        }
    }

    @Override
    public Optional<ObjectSummary> head(String key) {
        return summary(key, path(key));
    }

    /** Empty if there is no file, or if there is a link on the way to it. */
    private Optional<ObjectSummary> summary(String key, Path file) {
        for (Path parent = parentOf(file); !parent.equals(directory); parent = parentOf(parent)) {
            if (!Files.isDirectory(parent, NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
        }
        return summaryOf(key, file);
    }

    static Optional<ObjectSummary> summaryOf(String key, Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(summaryOf(key, attributes)) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    static ObjectSummary summaryOf(String key, BasicFileAttributes file) {
        return new ObjectSummary(key, file.size(), file.size() + "-" + file.lastModifiedTime() + "-" + file.fileKey());
    }

    @Override
    public List<ObjectSummary> list(String prefix, String after, int limit) {
        try {
            return new DirectoryListing(prefix, after, limit).of(directory);
        } catch (IOException e) {
            throw failure("list", prefix, e);
        }
    }

    @Override
    public void delete(String key) {
        Path file = path(key);
        if (summary(key, file).isEmpty()) {
            return;
        }
        try {
            Files.deleteIfExists(file);
            sync(parentOf(file));
        } catch (IOException e) {
            throw failure("delete", key, e);
        }
    }

    /** @throws BucketException INVALID_KEY */
    private Path path(String key) {
        ObjectKeys.require(key);
        Path path = directory;
        int length = 0;
        for (String segment : key.split("/", -1)) {
            String file = FileNames.encode(segment);
            length += file.length() + 1;
            if (file.length() > MAX_FILE_NAME || length > MAX_PATH) {
                throw BucketException.invalidKey("The key of an object is too long for a directory: " + key);
            }
            path = path.resolve(file);
        }
        return path;
    }

    private static Path parentOf(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            throw new IllegalStateException("no parent: " + path);
        }
        return parent;
    }

    private BucketException inTheWay(String key, IOException cause) {
        return new BucketException(
                BucketException.Failure.INVALID_KEY,
                "In the directory of bucket " + name + " another object or a link is in the way of " + key,
                cause);
    }

    private BucketException failure(String verb, String key, IOException cause) {
        if (cause instanceof FileAlreadyExistsException) {
            return inTheWay(key, cause);
        }
        String reason = String.valueOf(cause.getMessage());
        var failure = reason.contains("No space left") || reason.contains("quota exceeded")
                ? BucketException.Failure.FULL
                : cause instanceof AccessDeniedException
                        ? BucketException.Failure.ACCESS_DENIED
                        : BucketException.Failure.UNAVAILABLE;
        return new BucketException(failure, "Cannot " + verb + " " + key + " in bucket " + name + ": " + reason, cause);
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
