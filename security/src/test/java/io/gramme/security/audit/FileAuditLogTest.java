package io.gramme.security.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gramme.security.audit.AuditEvent.Plane;
import io.gramme.security.audit.AuditVerification.Result;
import io.gramme.storage.testkit.SmallDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
    @TempDir
    private Path directory = Path.of("");

    private AuditFiles files() {
        return Events.in(directory);
    }

    private List<Path> all(AuditFiles files) throws IOException {
        var all = new ArrayList<Path>(files.allFull().values());
        all.add(files.current());
        return all;
    }

    private static Result.Whole whole(List<Path> files) throws IOException {
        Result result = AuditVerification.of(files);
        assertThat(result).isInstanceOf(Result.Whole.class);
        return (Result.Whole) result;
    }

    @Test
    void anEventIsOneLineOnTheDiskWhenItHasBeenRecorded() throws Exception {
        try (var log = Events.open(files())) {
            log.record(Events.change("orders"));
            log.record(Events.look());
            List<String> lines = Files.readAllLines(files().current());
            assertThat(lines).hasSize(3);
            assertThat(lines.get(1)).contains("\"eventName\":\"CreateTable\"");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().current())))
                    .isEqualTo("rw-r-----");
        }
    }

    @Test
    void requestsForItemsAreRecordedIfTheOperatorSaysSo() throws Exception {
        AuditFiles without = new AuditFiles(directory.resolve("audit.log"), 1_000_000, 10, false);
        try (var log = Events.open(without)) {
            log.record(Events.put());
            assertThat(Files.readString(without.current())).doesNotContain("PutItem");
        }
        try (var log = Events.open(files())) {
            log.record(Events.put());
            assertThat(Files.readString(without.current())).contains("PutItem");
        }
    }

    @Test
    void aServerThatStartsAgainGoesOnWithTheChain() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (var log = Events.open(files())) {
                log.record(Events.change("t" + i));
            }
        }
        assertThat(whole(List.of(files().current())).lines()).isEqualTo(4);
    }

    @Test
    void aFullFileIsPutAsideAndTheNextBeginsWithItsLastHash() throws Exception {
        var small = new AuditFiles(directory.resolve("audit.log"), 4_000, 100, true);
        for (int part = 0; part < 2; part++) {
            try (var log = Events.open(small)) {
                for (int i = 0; i < 50; i++) {
                    log.record(Events.change("t" + i));
                }
            }
        }
        List<Path> all = all(small);
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(all.getFirst()).hasFileName("audit.log.000001");
        Result.Whole result = whole(all);
        assertThat(result.lines()).isEqualTo(100 + all.size());
        assertThat(result.isFromBeginning()).isTrue();
        assertThat(whole(all.reversed())).as("in any order").isEqualTo(result);
        assertThat(whole(all.subList(3, all.size())).isFromBeginning()).isFalse();
    }

    @Test
    void soManyFullFilesAreKept() throws Exception {
        var small = new AuditFiles(directory.resolve("audit.log"), 2_000, 3, true);
        try (var log = Events.open(small)) {
            for (int i = 0; i < 50; i++) {
                log.record(Events.change("t" + i));
            }
        }
        assertThat(small.allFull()).hasSize(3);
        long number = small.allFull().lastKey();
        assertThat(whole(all(small)).isFromBeginning()).isFalse();
        try (var log = Events.open(small)) {
            log.record(Events.change("later"));
        }
        assertThat(whole(all(small)).lines()).isPositive();
        assertThat(small.allFull().lastKey()).isGreaterThanOrEqualTo(number);
    }

    @Test
    void aLineThatADeathOfTheProcessCutIsRemoved() throws Exception {
        try (var log = Events.open(files())) {
            log.record(Events.change("orders"));
        }
        Files.writeString(files().current(), "{\"eventVersion\":\"1.11\",\"us", StandardOpenOption.APPEND);
        try (var log = Events.open(files())) {
            log.record(Events.change("later"));
        }
        assertThat(whole(List.of(files().current())).lines()).isEqualTo(3);
    }

    @Test
    void aFirstLineThatWasCutIsWrittenAgain() throws Exception {
        Files.writeString(files().current(), "{\"eventVersion\":\"1.1");
        try (var log = Events.open(files())) {
            log.record(Events.change("orders"));
        }
        assertThat(whole(List.of(files().current())).lines()).isEqualTo(2);
    }

    @Test
    void anotherFileIsNotOverwritten() throws Exception {
        Files.writeString(files().current(), "my notes\n");
        assertThatThrownBy(() -> Events.open(files()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("cannot use the audit log");
        assertThat(Files.readString(files().current())).isEqualTo("my notes\n");
    }

    @Test
    void manyThreadsMakeOneChain() throws Exception {
        var small = new AuditFiles(directory.resolve("audit.log"), 50_000, 100, true);
        try (var log = Events.open(small)) {
            var threads = new ArrayList<Thread>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    for (int n = 0; n < 100; n++) {
                        log.record(Events.put());
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        List<Path> all = all(small);
        assertThat(whole(all).lines()).isEqualTo(800 + all.size());
    }

    @Test
    void onAFullDiskChangesAreRefusedAndThoseThatHaveBegunAreRecorded() throws Exception {
        var mounted = SmallDisk.mount(directory, 4);
        assumeTrue(mounted.isPresent(), "needs to mount a disk");
        try (SmallDisk disk = mounted.get();
                var log = Events.open(files())) {
            assertThat(log.impairment()).isEmpty();
            disk.leave(0);
            int recorded = 0;
            // What is left of the last block takes a few.
            while (log.impairment().isEmpty() && recorded < 1_000) {
                log.record(Events.change("t" + recorded++));
            }
            assertThat(log.impairment().orElseThrow()).contains("changes are refused", "please retry");
            long lines = lines();
            assertThat(lines).as("every change that was let through").isEqualTo(recorded + 1);
            // One that was let through just before finds room as well.
            log.record(Events.change("begun"));
            assertThat(lines()).isEqualTo(lines + 1);
            log.record(Events.look());
            log.record(Events.put());
            assertThat(lines()).as("others go on without a record").isEqualTo(lines + 1);

            disk.release();
            org.awaitility.Awaitility.await().until(() -> log.impairment().isEmpty());
            log.record(Events.put());
            List<String> all = Files.readAllLines(files().current());
            assertThat(all.get(all.size() - 2)).contains("\"eventName\":\"AuditEventsLost\",\"count\":2");
            whole(List.of(files().current()));
        }
    }

    private long lines() throws IOException {
        return Files.readAllLines(files().current()).size();
    }

    @Test
    void aClosedLogTakesNoMore() throws Exception {
        var log = Events.open(files());
        log.close();
        log.record(Events.event("DeleteTable", Plane.CONTROL, false, "{}"));
        log.close();
        assertThat(Files.readString(files().current())).doesNotContain("DeleteTable");
        assertThat(files().reserve()).doesNotExist();
    }
}
