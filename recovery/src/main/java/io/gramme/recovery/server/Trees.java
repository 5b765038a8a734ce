package io.gramme.recovery.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directories with everything in them. No link is followed. */
final class Trees {
    private Trees() {}

    /** The regular files below a directory, in the order of their names; none if there is no such directory. */
    static List<Path> files(Path directory) throws IOException {
        return files(directory, true);
    }

    /**
     * The same without those whose name, or the name of a directory on the way, begins with a dot. Files may come and go
     * meanwhile.
     */
    static List<Path> visibleFiles(Path directory) throws IOException {
        return files(directory, false);
    }

    private static List<Path> files(Path directory, boolean hidden) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        var found = new ArrayList<Path>();
        Files.walkFileTree(directory, new SimpleFileVisitor<Path>() {
            @Override
            public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
                return each.equals(directory) || isWanted(each)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isWanted(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                return passOver(e);
            }

            @Override
            public FileVisitResult postVisitDirectory(Path each, @Nullable IOException e) throws IOException {
                return e == null ? FileVisitResult.CONTINUE : passOver(e);
            }

            private boolean isWanted(Path path) {
                return hidden || !String.valueOf(path.getFileName()).startsWith(".");
            }
        });
        Collections.sort(found);
        return found;
    }

    /** What was deleted meanwhile is as little a part of the tree as what was deleted before. */
    private static FileVisitResult passOver(IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    static void delete(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Creates a directory and those above it, as far as they do not exist, and makes their names durable. */
    static void createDurably(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null || Files.isDirectory(directory)) {
            return;
        }
        createDurably(parent);
        Files.createDirectories(directory);
        CopiedFile.sync(parent);
    }

    /** Makes all names below a directory durable, and its own. */
    static void sync(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList()) {
                CopiedFile.sync(each);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            CopiedFile.sync(parent);
        }
    }
}
