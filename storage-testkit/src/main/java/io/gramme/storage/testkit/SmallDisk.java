package io.gramme.storage.testkit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system of a few megabytes in memory, for a test to fill. Unmounted when closed. */
public final class SmallDisk implements AutoCloseable {
    private static final int WRITTEN_AT_ONCE = 1 << 16;

    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /** Mounts one at a directory; empty if this process may not, which needs Linux and root. */
    public static Optional<SmallDisk> mount(Path directory, int megabytes) throws IOException {
        boolean mounted = Files.isExecutable(Path.of("/bin/mount"))
                && run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", directory.toString());
        return mounted ? Optional.of(new SmallDisk(directory)) : Optional.empty();
    }

    private static boolean run(String... command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while mounting", e);
        }
    }

    public Path root() {
        return root;
    }

    public long freeBytes() throws IOException {
        return Files.getFileStore(root).getUsableSpace();
    }

    /** Fills the disk with another file until so much is left. */
    public void leave(long bytes) throws IOException {
        try (var ballast = new RandomAccessFile(root.resolve("ballast").toFile(), "rw")) {
            ballast.seek(ballast.length());
            byte[] zeros = new byte[WRITTEN_AT_ONCE];
            for (long more = freeBytes() - bytes; more > 0; more = freeBytes() - bytes) {
                ballast.write(zeros, 0, (int) Math.min(more, zeros.length));
            }
        } catch (IOException e) {
            if (bytes > 0) {
                throw e;
            }
            // Other writers were quicker: nothing is left.
        }
    }

    /** Removes what {@link #leave} put there. */
    public void release() throws IOException {
        Files.deleteIfExists(root.resolve("ballast"));
    }

    @Override
    public void close() throws IOException {
        run("umount", "--lazy", root.toString());
    }
}
