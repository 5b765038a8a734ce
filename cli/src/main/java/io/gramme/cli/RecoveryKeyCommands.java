package io.gramme.cli;

import io.gramme.security.identity.RecoveryKey;
import io.gramme.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Commands that save the file of the server key as text, and make it from that. They call no server. */
final class RecoveryKeyCommands {
    private RecoveryKeyCommands() {}

    abstract static class OfFile implements Callable<Integer> {
        @Parameters(
                paramLabel = "FILE",
                description = "File of the server key: that of --server-key, or DIRECTORY.key beside the data"
                        + " directory.")
        Path file = Path.of("");

        @Spec
        CommandSpec spec = CommandSpec.create();

        abstract void run() throws IOException;

        @Override
        public Integer call() {
            try {
                run();
                return CommandLine.ExitCode.OK;
            } catch (IOException | StorageException | IllegalArgumentException e) {
                spec.commandLine().getErr().println("gramme: " + e.getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
    }

    @Command(
            name = "export-recovery",
            mixinStandardHelpOptions = true,
            description = {
                "Print the recovery keys of a server key file: a line of text for each of its keys.",
                "They open everything that the server has sealed. Keep them where copies of the data are not."
            })
    static final class Export extends OfFile {
        @Override
        void run() {
            List<String> keys = RecoveryKey.export(file);
            spec.commandLine()
                    .getErr()
                    .println(
                            "Warning: with these lines and a copy of the data, anyone can read all of it. Write them down"
                                    + " or print them, keep them apart from the data and its backups, and clear this screen.");
            spec.commandLine().getErr().flush();
            keys.forEach(spec.commandLine().getOut()::println);
        }
    }

    @Command(
            name = "restore-recovery",
            mixinStandardHelpOptions = true,
            description = {
                "Make a server key file from its recovery keys, which are read from standard input: a line for each, in"
                        + " the order in which export-recovery printed them.",
                "The file must not exist."
            })
    static final class Restore extends OfFile {
        @Override
        void run() throws IOException {
            var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            List<String> lines = input.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            if (lines.isEmpty()) {
                throw new IOException("standard input has no recovery key");
            }
            RecoveryKey.restore(file, lines);
            spec.commandLine()
                    .getOut()
                    .println("Made " + file + " with " + lines.size() + (lines.size() == 1 ? " key" : " keys"));
        }
    }
}
