package io.gramme.transfer.bucket;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One page of the objects of a directory bucket. It descends only where keys of the page can be; a directory's names
 * are held in memory while they are sorted.
 */
final class DirectoryListing {
    private final String prefix;
    private final String after;
    private final int limit;
    private final List<ObjectSummary> page = new ArrayList<>();

    DirectoryListing(String prefix, String after, int limit) {
        this.prefix = prefix;
        this.after = after;
        this.limit = limit;
    }

    List<ObjectSummary> of(Path bucket) throws IOException {
        walk(bucket, "");
        return List.copyOf(page);
    }

    /** An entry of a directory: {@code key} ends in a slash if it is a directory itself. */
    private record Entry(String key, Path path, BasicFileAttributes attributes) {}

    private void walk(Path directory, String base) throws IOException {
        for (Entry entry : entries(directory, base)) {
            if (page.size() == limit) {
                return;
            }
            if (entry.attributes.isDirectory()) {
                walk(entry.path, entry.key);
            } else {
                page.add(DirectoryBucket.summaryOf(entry.key, entry.attributes));
            }
        }
    }

    private List<Entry> entries(Path directory, String base) throws IOException {
        var entries = new ArrayList<Entry>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                entry(file, base).ifPresent(entries::add);
            }
        } catch (NoSuchFileException _) {
            return List.of(); // Deleted since its parent was read.
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        // Every key in a directory begins with the directory's own and its slash, so that this is the order of keys.
        entries.sort((a, b) -> ObjectKeys.compare(a.key, b.key));
        return entries;
    }

    private Optional<Entry> entry(Path file, String base) throws IOException {
        Optional<String> segment = FileNames.decode(String.valueOf(file.getFileName()));
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        String key = base + segment.get();
        if (!isInPage(key) && !mayHoldKeysOfPage(key + "/")) {
            return Optional.empty();
        }
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS);
            if (attributes.isDirectory()) {
                return mayHoldKeysOfPage(key + "/")
                        ? Optional.of(new Entry(key + "/", file, attributes))
                        : Optional.empty();
            }
            return attributes.isRegularFile() && isInPage(key)
                    ? Optional.of(new Entry(key, file, attributes))
                    : Optional.empty();
        } catch (NoSuchFileException _) {
            return Optional.empty();
        }
    }

    private boolean isInPage(String key) {
        return key.startsWith(prefix) && ObjectKeys.compare(key, after) > 0;
    }

    /** @param directory the beginning of all keys in it */
    private boolean mayHoldKeysOfPage(String directory) {
        boolean inPrefix = directory.startsWith(prefix) || prefix.startsWith(directory);
        return inPrefix && (ObjectKeys.compare(directory, after) > 0 || after.startsWith(directory));
    }
}
