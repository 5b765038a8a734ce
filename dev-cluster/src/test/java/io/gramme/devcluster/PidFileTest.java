package io.gramme.devcluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void aProcessIsFoundAsLongAsItLives() throws Exception {
        var file = new PidFile(directory.resolve("pid"));
        assertThat(file.process()).isEmpty();
        Process process = new ProcessBuilder("sleep", "100").start();
        file.write(process.toHandle());
        assertThat(file.process()).contains(process.toHandle());
        process.destroyForcibly().waitFor();
        assertThat(file.process()).isEmpty();
    }

    @Test
    void anotherProcessThatWasGivenTheNumberIsNotIt() throws Exception {
        var file = new PidFile(directory.resolve("pid"));
        Files.writeString(file.file(), ProcessHandle.current().pid() + " 2001-01-01T00:00:00Z");
        assertThat(file.process()).isEmpty();
        Files.writeString(file.file(), "nonsense");
        assertThat(file.process()).isEmpty();
    }
}
