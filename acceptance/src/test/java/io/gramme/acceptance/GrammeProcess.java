package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.devcluster.Host;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The gramme command as a process of its own, serving a directory that outlives it. */
final class GrammeProcess implements AutoCloseable {
    private static final String LISTENING = "  listening on ";
    private static final int PATIENCE_SECONDS = 60;
    /** Small enough for a leak to end the process, and with it the test, within seconds. */
    private static final String HEAP = "-Xmx384m";

    private final Optional<Host> host;
    private final Path directory;
    private final String heap;
    private final Map<String, String> environment;
    private Process process;
    private URI url;

    private GrammeProcess(
            Optional<Host> host, Path directory, String heap, Map<String, String> environment, String... options)
            throws IOException {
        this.host = host;
        this.directory = directory;
        this.heap = heap;
        this.environment = environment;
        this.process = launch(0, options);
        this.url = listening(process);
    }

    /** On any free port, once it says that it listens there. */
    static GrammeProcess start(Path directory, String... options) throws IOException {
        return start(directory, Map.of(), options);
    }

    /** The same with more environment variables. */
    static GrammeProcess start(Path directory, Map<String, String> environment, String... options) throws IOException {
        return new GrammeProcess(Optional.empty(), directory, HEAP, environment, options);
    }

    /** The same on another host, where this machine reaches it. */
    static GrammeProcess startOn(Host host, Path directory, String... options) throws IOException {
        return new GrammeProcess(Optional.of(host), directory, HEAP, Map.of(), options);
    }

    /** With a heap of its own size, as the option {@code -Xmx} has it. */
    static GrammeProcess startWithHeap(Path directory, String heap) throws IOException {
        return new GrammeProcess(Optional.empty(), directory, heap, Map.of());
    }

    private Process launch(int port, String... options) throws IOException {
        List<String> command = new ArrayList<>(host.map(Host::prefix).orElse(List.of()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                "io.gramme.cli.Gramme"));
        command.addAll(List.of("serve", "--port", String.valueOf(port)));
        if (!List.of(options).contains("cassandra")) {
            command.addAll(List.of("--data", directory.toString()));
        }
        command.addAll(host.map(other -> List.of("--host", other.address(), "--insecure"))
                .orElse(List.of()));
        command.addAll(List.of(options));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static URI listening(Process process) throws IOException {
        BufferedReader out = process.inputReader(UTF_8);
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(LISTENING)) {
                return URI.create(line.substring(LISTENING.length()));
            }
        }
        throw new AssertionError("the process ended before it listened, with "
                + process.onExit().join().exitValue());
    }

    URI url() {
        return url;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** The most memory that was ever resident, where the system tells it (on Linux). */
    OptionalLong mostResidentKilobytes() throws IOException {
        Path status = Path.of("/proc", String.valueOf(pid()), "status");
        if (!Files.exists(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst();
    }

    /** SIGKILL: no more than the operating system is left to finish anything. */
    void kill() {
        process.toHandle().destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM, and the time to close in good order. */
    void stop() throws InterruptedException {
        process.toHandle().destroy();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("it ends when told to")
                .isTrue();
    }

    /** Another process on the same directory and port; the one before must have ended. */
    void restart(String... options) throws IOException {
        assertThat(process.isAlive()).isFalse();
        process = launch(url.getPort(), options);
        url = listening(process);
    }

    @Override
    public void close() {
        kill();
    }
}
