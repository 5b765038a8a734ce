package io.gramme.devcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Says which process a node is. A number alone would be given to another process in time; with the moment at which the process
 * began there is no mistaking it.
 */
record PidFile(Path file) {

    void write(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + began(process));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The process, if it lives. */
    Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        String[] words = Files.readString(file).strip().split(" ", 2);
        if (words.length < 2 || !words[0].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(words[0]))
                .filter(ProcessHandle::isAlive)
                .filter(process -> began(process).equals(words[1]));
    }

    private static String began(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
