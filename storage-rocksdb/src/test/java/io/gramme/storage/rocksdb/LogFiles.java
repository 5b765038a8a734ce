package io.gramme.storage.rocksdb;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The files of a store, as a test damages them. */
final class LogFiles {
    private LogFiles() {}

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The files of a store's database whose names match, the oldest first. */
    static List<Path> of(Path directory, String pattern) throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("db"))) {
            return files.filter(file -> file.getFileName().toString().matches(pattern))
                    .sorted()
                    .toList();
        }
    }

    static List<Path> logs(Path directory) throws IOException {
        return of(directory, "\\d+\\.log");
    }

    static void cut(Path file, long length) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            log.setLength(length);
        }
    }

    static void overwrite(Path file, long at, byte[] bytes) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            log.seek(at);
            log.write(bytes);
        }
    }

    /** Garbles so many bytes, each of them. */
    static void flip(Path file, long at, int length, Random random) throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] bytes = new byte[(int) Math.min(length, log.length() - at)];
            log.seek(at);
            log.readFully(bytes);
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= (byte) random.nextInt(1, 256);
            }
            log.seek(at);
            log.write(bytes);
        }
    }
}
