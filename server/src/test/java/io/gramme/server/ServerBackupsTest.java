package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.recovery.server.ServerBackups;
import io.gramme.recovery.server.ServerBackups.State;
import io.gramme.recovery.server.ServerRestore;
import io.gramme.storage.Checkpoint;
import io.gramme.storage.RowStore;
import io.gramme.storage.engine.ForwardingStore;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.storage.testkit.SmallDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups of a whole server over a store whose checkpoint is a file of the test. */
@Timeout(60)
class ServerBackupsTest {
    @TempDir
    Path directory;

    private final CountDownLatch filesCopied = new CountDownLatch(1);
    private final CountDownLatch mayCopy = new CountDownLatch(1);

    /** Runs after the files beside the store are copied for the first time. */
    private volatile Runnable meanwhile = () -> {};

    private RowStore store(int bytes) throws IOException {
        Path checkpoint = Files.createDirectories(directory.resolve("checkpoint"));
        byte[] content = new byte[bytes];
        new Random(1).nextBytes(content);
        Files.write(checkpoint.resolve("rows"), content);
        return new ForwardingStore(new MemoryStore(InstantSource.system())) {
            @Override
            public Optional<Checkpoint> checkpoint() {
                try {
                    filesCopied.countDown();
                    mayCopy.await();
                    meanwhile.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Optional.of(new Checkpoint() {
                    @Override
                    public Path directory() {
                        return checkpoint;
                    }

                    @Override
                    public long version() {
                        return 7;
                    }

                    @Override
                    public void close() {}
                });
            }
        };
    }

    private ServerBackups backups(Path root, RowStore store) throws IOException {
        Path data = Files.createDirectories(directory.resolve("data"));
        Files.createDirectories(data.resolve("backups").resolve(".uploads"));
        Files.writeString(data.resolve("backups").resolve("sealed"), "content");
        Files.writeString(data.resolve("backups").resolve(".uploads").resolve("draft"), "part");
        Files.createDirectories(data.resolve("letters"));
        Files.writeString(data.resolve("letters").resolve("failed"), "line\n");
        var place = new ServerBackups.Place(root, data, List.of("backups"), List.of("letters"));
        return ServerBackups.in(place, store, InstantSource.system());
    }

    private static ServerBackups.Status ended(ServerBackups backups, String name) {
        return Awaitility.await().until(() -> backups.status(name), status -> status.state() != State.RUNNING);
    }

    @Test
    void whatLiesBesideTheStoreIsCopiedWithoutDrafts() throws IOException {
        mayCopy.countDown();
        Path root = directory.resolve("root");
        try (var backups = backups(root, store(100_000))) {
            backups.start("first");
            assertThat(ended(backups, "first").state()).isEqualTo(State.COMPLETED);
        }
        Path target = directory.resolve("restored");
        ServerRestore.of(root.resolve("first")).to(target, (_, _) -> {});
        assertThat(target.resolve("rows"))
                .hasSameBinaryContentAs(directory.resolve("checkpoint").resolve("rows"));
        assertThat(target.resolve("backups").resolve("sealed")).hasContent("content");
        assertThat(target.resolve("letters").resolve("failed")).hasContent("line\n");
        assertThat(target.resolve("backups").resolve(".uploads")).doesNotExist();
    }

    @Test
    void oneBackupIsMadeAtATimeAndOneThatIsEndedLeavesNothing() throws IOException, InterruptedException {
        Path root = directory.resolve("root");
        try (var backups = backups(root, store(10))) {
            assertThat(backups.start("first").state()).isEqualTo(State.RUNNING);
            assertThatThrownBy(() -> backups.start("second"))
                    .isInstanceOf(ApiException.class)
                    .hasMessageContaining("Another backup of the server is being made");
            assertThatThrownBy(() -> backups.status("second")).isInstanceOf(ApiException.class);
            filesCopied.await();
            Thread closer = Thread.ofVirtual().start(backups::close);
            Awaitility.await().until(() -> closer.getState() == Thread.State.WAITING);
            mayCopy.countDown();
            assertThat(ended(backups, "first").reason())
                    .contains("The server was stopped before the backup was complete");
        }
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aFileThatIsWrittenAgainMeanwhileIsCopiedAgainAndOneThatIsDeletedLeavesTheBackupWhole() throws IOException {
        mayCopy.countDown();
        Path root = directory.resolve("root");
        Path data = directory.resolve("data");
        meanwhile = () -> {
            try {
                Path draft = Files.writeString(
                        data.resolve("backups").resolve(".uploads").resolve("draft"), "changed");
                Files.move(draft, data.resolve("backups").resolve("sealed"), StandardCopyOption.ATOMIC_MOVE);
                Files.delete(data.resolve("letters").resolve("failed"));
                Files.writeString(data.resolve("letters").resolve("new"), "line\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        try (var backups = backups(root, store(10))) {
            backups.start("first");
            assertThat(ended(backups, "first").state()).isEqualTo(State.COMPLETED);
        }
        assertThat(root.resolve("first").resolve("part")).doesNotExist();
        Path target = directory.resolve("restored");
        ServerRestore.of(root.resolve("first")).to(target, (_, _) -> {});
        assertThat(target.resolve("backups").resolve("sealed")).hasContent("changed");
        assertThat(target.resolve("letters").resolve("failed")).hasContent("line\n");
        assertThat(target.resolve("letters").resolve("new")).hasContent("line\n");
    }

    @Test
    void anErrorOfTheMachineFailsTheBackupAndItsEndIsKnownAfterTheNextBegan() throws IOException {
        mayCopy.countDown();
        Path root = directory.resolve("root");
        meanwhile = () -> {
            throw new OutOfMemoryError("no direct memory");
        };
        try (var backups = backups(root, store(10))) {
            backups.start("first");
            assertThat(ended(backups, "first").state()).isEqualTo(State.FAILED);
            meanwhile = () -> {};
            backups.start("second");
            assertThat(ended(backups, "second").state()).isEqualTo(State.COMPLETED);
            assertThat(backups.status("first").reason()).contains("java.lang.OutOfMemoryError: no direct memory");
        }
        assertThat(root.resolve("first")).doesNotExist();
    }

    @Test
    void aFullDiskFailsTheBackupWhichIsDeleted() throws IOException {
        mayCopy.countDown();
        Path root = Files.createDirectory(directory.resolve("small"));
        Optional<SmallDisk> mounted = SmallDisk.mount(root, 1);
        assumeThat(mounted).as("a file system in memory, which needs root").isPresent();
        try (SmallDisk _ = mounted.orElseThrow();
                var backups = backups(root, store(3_000_000))) {
            backups.start("first");
            ServerBackups.Status status = ended(backups, "first");
            assertThat(status.state()).isEqualTo(State.FAILED);
            assertThat(status.reason())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("No space left"));
            assertThat(root).isEmptyDirectory();
        }
    }

    @Test
    void anIncompleteBackupIsNoneOfItsForm() throws IOException {
        Path left = Files.createDirectories(directory.resolve("left"));
        Files.createDirectories(left.resolve("data"));
        assertThatThrownBy(() -> ServerRestore.of(left)).hasMessageContaining("is no complete backup of a server");
        Files.write(
                left.resolve("gramme-server-backup.json"),
                Bytes.utf8("{\"format\":\"gramme-server-backup 9\"}").toArray());
        assertThatThrownBy(() -> ServerRestore.of(left)).hasMessageContaining("has the format gramme-server-backup 9");
        Files.writeString(left.resolve("gramme-server-backup.json"), "[1");
        assertThatThrownBy(() -> ServerRestore.of(left)).hasMessageContaining("the backup is damaged");
    }
}
