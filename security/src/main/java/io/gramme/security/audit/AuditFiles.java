package io.gramme.security.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The files of an audit log.
 *
 * @param current that events are appended to; when it is full it is renamed to its name, a dot and its number
 * @param bytes after which a file is full
 * @param number of full files that are kept; older ones are deleted
 * @param dataEvents whether requests for items are recorded as well
 */
public record AuditFiles(Path current, long bytes, int number, boolean dataEvents) {
    public static final long DEFAULT_BYTES = 100L << 20;
    public static final int DEFAULT_NUMBER = 10;

    private static final int DIGITS = 6;

    /** Where the file of this number goes when it is full. */
    Path full(long file) {
        return current.resolveSibling(current.getFileName() + "." + String.format("%0" + DIGITS + "d", file));
    }

    /** The file whose bytes keep room on the disk for the records of changes that have begun. */
    Path reserve() {
        return current.resolveSibling("." + current.getFileName() + ".reserve");
    }

    /** The full files that are there, by number. */
    SortedMap<Long, Path> allFull() throws IOException {
        var found = new TreeMap<Long, Path>();
        String prefix = current.getFileName() + ".";
        Path directory = current.toAbsolutePath().getParent();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> number(file, prefix).ifPresent(one -> found.put(one, file)));
        }
        return found;
    }

    private static OptionalLong number(Path file, String prefix) {
        String name = file.getFileName().toString();
        return name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d{6,18}")
                ? OptionalLong.of(Long.parseLong(name.substring(prefix.length())))
                : OptionalLong.empty();
    }
}
