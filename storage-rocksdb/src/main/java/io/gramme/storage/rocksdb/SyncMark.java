package io.gramme.storage.rocksdb;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gramme.storage.Durability;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The sequence number up to which the log is known to have been synced, in a file beside the database: the part of the
 * log that must exist when the store is opened again.
 *
 * <p>It is written after the sync. So it may be behind the log, if power was lost before the operating system wrote it,
 * and is never ahead of it. For one thread.
 */
final class SyncMark implements AutoCloseable {
    private static final int BYTES = Long.BYTES + Integer.BYTES + Integer.BYTES;

    /**
     * The mark as it was read from the file.
     *
     * @param durability with which the log was written
     */
    record Found(long sequence, Durability durability) {}

    private final FileChannel file;
    private final Durability durability;
    private final Optional<Found> found;
    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);

    private SyncMark(FileChannel file, Durability durability, Optional<Found> found) {
        this.file = file;
        this.durability = durability;
        this.found = found;
    }

    /** @param durability with which the log is written from now on */
    static SyncMark open(Path file, Durability durability) throws IOException {
        FileChannel channel = FileChannel.open(file, CREATE, READ, WRITE);
        try {
            return new SyncMark(channel, durability, read(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The mark in a file, without changing it. */
    static Optional<Found> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(file, READ)) {
            return read(channel);
        }
    }

    private static Optional<Found> read(FileChannel file) throws IOException {
        var buffer = ByteBuffer.allocate(BYTES);
        while (buffer.hasRemaining() && file.read(buffer, buffer.position()) >= 0) {
            // Until all is read or the file has ended.
        }
        if (buffer.hasRemaining() || buffer.getInt(BYTES - Integer.BYTES) != checksum(buffer)) {
            return Optional.empty();
        }
        Durability durability = buffer.getInt(Long.BYTES) == 0 ? Durability.SYNCED : Durability.RELAXED;
        return Optional.of(new Found(buffer.getLong(0), durability));
    }

    private static int checksum(ByteBuffer buffer) {
        var checksum = new CRC32C();
        checksum.update(buffer.slice(0, BYTES - Integer.BYTES));
        return (int) checksum.getValue();
    }

    /** The mark when it was opened; empty in a new store, and in one of a version without it. */
    Optional<Found> found() {
        return found;
    }

    /**
     * Moves the mark.
     *
     * @param force whether the mark must be on the disk at once
     */
    void move(long sequence, boolean force) throws IOException {
        buffer.clear().putLong(sequence).putInt(durability == Durability.SYNCED ? 0 : 1);
        buffer.putInt(checksum(buffer)).flip();
        while (buffer.hasRemaining()) {
            file.write(buffer, buffer.position());
        }
        if (force) {
            file.force(false);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
