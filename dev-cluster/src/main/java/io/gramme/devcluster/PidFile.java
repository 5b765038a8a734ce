package io.gramme.devcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The file with the process id of a node. The system would reuse the id alone in time; together with the start time of
 * the process it is unambiguous.
 */
record PidFile(Path file) {

    void write(ProcessHandle process) throws IOException {
        Files.writeString(file, process.pid() + " " + began(process));
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** The process, if it is alive. */
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
