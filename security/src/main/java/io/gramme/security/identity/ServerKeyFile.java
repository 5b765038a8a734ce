package io.gramme.security.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A file of server keys that only its owner can read.
 *
 * @param own whether the server makes the file where there is none
 */
record ServerKeyFile(Path file, boolean own) implements ServerKeySource {
    private static final int MOST_BYTES = 64 << 10;
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final String HEAD = """
            # The server key of Gramme: it opens the secrets of the store beside it. Keep a copy in another place than
            # the copies of the store. Without it, encrypted tables cannot be read, and every access key has to be made
            # anew.
            """;

    @Override
    public String place() {
        return file.toString();
    }

    @Override
    public Optional<ServerKeys> find() {
        try {
            if (!own && !Files.exists(file)) {
                throw new StorageException("There is no server key in " + file);
            }
            if (Files.size(file) > MOST_BYTES) {
                throw new StorageException("The server key in " + file + " cannot be used: the file is too large");
            }
            requirePrivate();
            return Optional.of(ServerKeys.parse(Files.readString(file, UTF_8)));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("The server key in " + file + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalArgumentException e) {
            throw new StorageException("The server key in " + file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private void requirePrivate() throws IOException {
        if (!hasPermissions()) {
            return;
        }
        Set<PosixFilePermission> found = Files.getPosixFilePermissions(file);
        found.removeAll(Set.of(
                PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
        if (!found.isEmpty()) {
            throw new StorageException(
                    "The server key in " + file + " is open to other users: run 'chmod 600 " + file + "'");
        }
    }

    private boolean hasPermissions() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    @Override
    public Optional<ServerKeys> create() {
        if (!own) {
            return Optional.empty();
        }
        var keys = new ServerKeys(List.of(ServerKey.random(new SecureRandom())));
        write(keys);
        return Optional.of(keys);
    }

    /** Writes the file in one step: it has all keys or is not there. They last before this returns. */
    void write(ServerKeys keys) {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.deleteIfExists(draft);
            FileAttribute<?>[] mode = hasPermissions()
                    ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER)}
                    : new FileAttribute<?>[0];
            try (FileChannel channel =
                    FileChannel.open(draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
                ByteBuffer rest = ByteBuffer.wrap((HEAD + keys.text()).getBytes(UTF_8));
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            if (hasPermissions()) {
                try (FileChannel directory =
                        FileChannel.open(file.toAbsolutePath().getParent())) {
                    directory.force(true);
                }
            }
        } catch (IOException e) {
            throw new StorageException("The server key cannot be written to " + file + ": " + e.getMessage(), e);
        }
    }
}
