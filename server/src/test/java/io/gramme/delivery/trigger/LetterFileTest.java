package io.gramme.delivery.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LetterFileTest {
    @TempDir
    Path directory;

    @Test
    void eachRecordIsALineInTheFormOfItsFile() throws IOException {
        LetterCoding coding = (file, letter) -> (file + " " + new String(letter, UTF_8).length()).getBytes(UTF_8);
        var file = new LetterFile(directory, "lost", coding);
        file.send("one".getBytes(UTF_8));
        file.send("three".getBytes(UTF_8));
        assertThat(directory.resolve("lost")).hasContent("lost 3\nlost 5\n");
        new LetterFile(directory, "plain", LetterCoding.CLEAR).send("{}".getBytes(UTF_8));
        assertThat(Files.readString(directory.resolve("plain"))).isEqualTo("{}\n");
    }
}
