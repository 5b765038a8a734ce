package io.gramme.security.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.security.audit.AuditVerification.Result;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that is done to a line of a log shows. */
class AuditVerificationTest {
    private static final int EVENTS = 6;

    @TempDir
    private Path directory = Path.of("");

    private Path file;
    private List<String> lines = List.of();

    @BeforeEach
    void writeALog() throws Exception {
        file = directory.resolve("audit.log");
        try (var log = Events.open(Events.in(directory))) {
            for (int i = 0; i < EVENTS; i++) {
                log.record(Events.change("t" + i));
            }
        }
        lines = Files.readAllLines(file);
    }

    private Result check(List<String> changed) throws Exception {
        Files.write(file, changed);
        return AuditVerification.of(List.of(file));
    }

    private static void brokenAt(Result result, long line) {
        assertThat(result).isInstanceOf(Result.Broken.class);
        assertThat(((Result.Broken) result).line()).isEqualTo(line);
    }

    @Test
    void aLogThatNothingWasDoneToIsWhole() throws Exception {
        assertThat(check(lines)).isInstanceOf(Result.Whole.class);
    }

    @Test
    void aLineThatWasRemovedIsMissedAtTheNext() throws Exception {
        for (int i = 0; i < EVENTS; i++) {
            var changed = new ArrayList<>(lines);
            changed.remove(i);
            brokenAt(check(changed), i + 1);
        }
    }

    @Test
    void aCharacterThatWasChangedIsFoundInItsLine() throws Exception {
        for (int i = 0; i <= EVENTS; i++) {
            var changed = new ArrayList<>(lines);
            String line = lines.get(i);
            int at = line.length() / 2;
            changed.set(i, line.substring(0, at) + (char) (line.charAt(at) ^ 1) + line.substring(at + 1));
            brokenAt(check(changed), i + 1);
        }
    }

    @Test
    void linesThatWereSwappedAreFound() throws Exception {
        for (int i = 1; i < EVENTS; i++) {
            var changed = new ArrayList<>(lines);
            Collections.swap(changed, i, i + 1);
            brokenAt(check(changed), i + 1);
        }
    }

    @Test
    void aLineThatWasRepeatedOrCutShortIsFound() throws Exception {
        var repeated = new ArrayList<>(lines);
        repeated.add(3, lines.get(2));
        brokenAt(check(repeated), 4);
        Files.write(file, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
        brokenAt(AuditVerification.of(List.of(file)), EVENTS + 1);
    }

    @Test
    void linesThatWereRemovedFromTheEndShowInTheLastHash() throws Exception {
        var whole = (Result.Whole) check(lines);
        var shorter = (Result.Whole) check(lines.subList(0, EVENTS));
        assertThat(shorter.last()).isNotEqualTo(whole.last());
        assertThat(shorter.lines()).isEqualTo(EVENTS);
    }

    @Test
    void linesThatWereRemovedFromTheEndOfAnEarlierFileAreMissedAtTheNext() throws Exception {
        Path other = Files.createDirectory(directory.resolve("other"));
        var small = new AuditFiles(other.resolve("audit.log"), 3_000, 100, true);
        try (var log = Events.open(small)) {
            for (int i = 0; i < 12; i++) {
                log.record(Events.change("t" + i));
            }
        }
        List<Path> all = new ArrayList<>(small.allFull().values());
        all.add(small.current());
        assertThat(AuditVerification.of(all)).isInstanceOf(Result.Whole.class);
        List<String> first = Files.readAllLines(all.getFirst());
        Files.write(all.getFirst(), first.subList(0, first.size() - 1));
        Result result = AuditVerification.of(all);
        brokenAt(result, 1);
        assertThat(((Result.Broken) result).file()).isEqualTo(all.get(1));

        Files.write(all.getFirst(), first);
        all.remove(1);
        Result missing = AuditVerification.of(all);
        brokenAt(missing, 1);
        assertThat(((Result.Broken) missing).reason()).contains("number 2");
    }

    @Test
    void aFileThatIsNoLogIsSaidToBeNone() throws Exception {
        brokenAt(check(List.of("my notes")), 1);
        brokenAt(check(List.of()), 1);
        Files.write(file, new byte[] {(byte) 0xff, 0, '\n'});
        brokenAt(AuditVerification.of(List.of(file)), 1);
    }
}
