package io.gramme.recovery.server;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.LongConsumer;

/**
 * Copies of files that are on the disk when a method returns, with their SHA-256. All copies of an object go through one
 * buffer, since memory outside the heap is freed late. Used by one thread.
 */
final class CopiedFile {
    private static final int BUFFER_BYTES = 1 << 18;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /**
     * Links a file if both are on one file system that has links, and copies it otherwise.
     *
     * @param progress receives the bytes of each piece that was read; what it throws ends the copy
     * @return the SHA-256 in hex
     */
    String link(Path from, Path to, LongConsumer progress) throws IOException {
        try {
            Files.createLink(to, from);
        } catch (UnsupportedOperationException | FileSystemException _) {
            return copy(from, to, progress);
        }
        return sum(to, progress);
    }

    /** The same without a link. */
    String copy(Path from, Path to, LongConsumer progress) throws IOException {
        MessageDigest digest = sha256();
        try (var in = FileChannel.open(from, READ, LinkOption.NOFOLLOW_LINKS);
                var out = FileChannel.open(to, CREATE_NEW, WRITE)) {
            while (in.read(buffer.clear()) >= 0) {
                progress.accept(buffer.flip().remaining());
                digest.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
            out.force(true);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    String sum(Path file, LongConsumer progress) throws IOException {
        MessageDigest digest = sha256();
        try (var in = FileChannel.open(file, READ, LinkOption.NOFOLLOW_LINKS)) {
            while (in.read(buffer.clear()) >= 0) {
                progress.accept(buffer.flip().remaining());
                digest.update(buffer);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static void write(Path file, byte[] content) throws IOException {
        try (var out = FileChannel.open(file, CREATE_NEW, WRITE)) {
            var left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
    }

    /** Makes the names in a directory durable. Windows has no such call, and needs none. */
    static void sync(Path directory) throws IOException {
        if (File.separatorChar == '\\') {
            return;
        }
        try (var channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
