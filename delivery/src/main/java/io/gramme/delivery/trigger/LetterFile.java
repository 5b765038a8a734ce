package io.gramme.delivery.trigger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;

/**
 * A file of failure records, one a line, each synced to disk before it counts as stored. A file that has become large
 * is rotated, and the one before the last is deleted.
 */
final class LetterFile implements FailureDestination {
    /** The names that a destination may give to its file: none leads out of the directory. */
    static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-][a-zA-Z0-9_.-]{0,99}");

    private static final long LARGE = 64L << 20;

    /** All files share this lock, because failure records are rare. */
    private static final ReentrantLock WRITING = new ReentrantLock();

    private final Path file;
    private final String name;
    private final LetterCoding coding;

    LetterFile(Path directory, String name, LetterCoding coding) {
        this.file = directory.resolve(name);
        this.name = name;
        this.coding = coding;
    }

    @Override
    public void send(byte[] letter) throws IOException {
        WRITING.lock();
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            if (Files.exists(file) && Files.size(file) > LARGE) {
                Files.move(file, file.resolveSibling(file.getFileName() + ".old"), StandardCopyOption.REPLACE_EXISTING);
            }
            append(coding.line(name, letter));
        } finally {
            WRITING.unlock();
        }
    }

    private void append(byte[] letter) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer line = ByteBuffer.allocate(letter.length + 1)
                    .put(letter)
                    .put((byte) '\n')
                    .flip();
            while (line.hasRemaining()) {
                channel.write(line);
            }
            channel.force(true);
        }
    }
}
