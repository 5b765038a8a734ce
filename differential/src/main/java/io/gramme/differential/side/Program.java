package io.gramme.differential.side;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.differential.wire.Answer;
import io.gramme.differential.wire.Caller;
import io.gramme.differential.wire.Connection;
import io.gramme.differential.wire.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server as a child process, which ends when this process ends, for any reason. */
final class Program implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(20);
    private static final int SECONDS_TO_END = 20;
    private static final Request LIST_TABLES = new Request("ListTables", "{}");

    private final List<String> command;
    private final Map<String, String> environment;
    private final int port;
    private final Path log;
    private final Thread end = Thread.ofPlatform().unstarted(this::kill);
    private Process process;

    /** @param command a command that serves the port; its output goes to the log */
    private Program(List<String> command, Map<String, String> environment, int port, Path log) throws IOException {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        this.port = port;
        this.log = log;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(end);
    }

    /** Starts the process, and returns when it answers. */
    static Program start(List<String> command, Map<String, String> environment, int port, Path log)
            throws IOException, InterruptedException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        var program = new Program(command, environment, port, log);
        try {
            program.awaitAnswer();
            return program;
        } catch (IOException | InterruptedException e) {
            program.close();
            throw e;
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process launch() throws IOException {
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("GRAMME_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("GRAMME_JAVA_OPTS", "-Xmx512m");
        builder.environment().putAll(environment);
        return builder.start();
    }

    Connection connect(Caller caller) throws IOException {
        return Connection.open(port, caller);
    }

    private void awaitAnswer() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new IOException(
                        String.join(" ", command) + " did not start; its output was:\n" + Files.readString(log, UTF_8));
            }
            Thread.sleep(POLL);
        }
    }

    private boolean answers() {
        try (var connection = connect(Caller.ofAccount("000000000000"))) {
            Answer answer = connection.ask(LIST_TABLES);
            return answer.succeeded();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    /** Stops the process by SIGTERM or SIGKILL, and starts it again on the same port. */
    void restart(boolean kills) throws IOException, InterruptedException {
        if (kills) {
            process.destroyForcibly().waitFor();
        } else {
            end();
        }
        process = launch();
        awaitAnswer();
    }

    /** Starts the process again if it has ended by itself; returns whether it had. */
    boolean revive() throws IOException, InterruptedException {
        if (!process.waitFor(1, TimeUnit.SECONDS)) {
            return false;
        }
        process = launch();
        awaitAnswer();
        return true;
    }

    private void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void kill() {
        process.destroy();
    }

    @Override
    public void close() {
        try {
            end();
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
