package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.encryption.KeyService;
import io.gramme.encryption.OwnedKeys;
import io.gramme.encryption.file.SealedLines;
import io.gramme.security.identity.ServerKeySource;
import io.gramme.security.identity.ServerKeys;
import io.gramme.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code gramme trigger dead-letters}: prints a file of reports of discarded batches, which may be encrypted. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = {
            "Print the reports of discarded batches in a file of --on-failure file:NAME, a line of JSON each.",
            "Encrypted lines are decrypted with the server key, others printed as they are. The server may be running."
        })
final class DeadLettersCommand implements Callable<Integer> {
    private static final String OLD = ".old";

    @Parameters(paramLabel = "FILE", description = "The file NAME in dead-letters of the data directory.")
    private Path file = Path.of("");

    @Option(
            names = "--server-key",
            paramLabel = "FILE",
            description =
                    "File of the server key. Default: DATA.key beside the data directory DATA that the file is in.")
    private Optional<Path> serverKey = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        int number = 0;
        try (BufferedReader lines = Files.newBufferedReader(file, UTF_8)) {
            Optional<KeyService> keys = Optional.empty();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (keys.isEmpty() && SealedLines.isSealed(line)) {
                    keys = Optional.of(keys());
                }
                out().println(
                                keys.isPresent() && SealedLines.isSealed(line)
                                        ? SealedLines.open(keys.get(), name(), line)
                                        : line);
            }
            return CommandLine.ExitCode.OK;
        } catch (IOException | StorageException e) {
            String place = number == 0 ? "" : file + ", line " + number + ": ";
            spec.commandLine().getErr().println("gramme: " + place + Failures.text(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Of the file when its lines were written: one that became large was renamed. */
    private String name() {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(OLD) ? name.substring(0, name.length() - OLD.length()) : name;
    }

    private KeyService keys() throws IOException {
        ServerKeySource source = ServerKeySource.file(serverKey.orElseGet(this::keyBeside));
        ServerKeys found =
                source.find().orElseThrow(() -> new IOException("there is no server key in " + source.place()));
        return new OwnedKeys(found.keys().stream()
                .map(key -> new OwnedKeys.Secret(key.id(), key.secret()))
                .toList());
    }

    private Path keyBeside() {
        Path data = file.toAbsolutePath().normalize().resolve("../..").normalize();
        return data.resolveSibling(data.getFileName() + ".key");
    }
}
