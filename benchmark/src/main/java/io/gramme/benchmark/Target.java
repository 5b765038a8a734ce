package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server to measure, and its command line: each starts as its users start it, with its own defaults. */
enum Target {
    /** The bound, not a peer: see {@link EchoServer}. */
    ECHO("echo"),
    GRAMME_DISK("gramme-disk"),
    /** Without encryption at rest. */
    GRAMME_DISK_CLEAR("gramme-disk-clear"),
    GRAMME_MEMORY("gramme-memory"),
    /** dynalite with --path: on the disk; it acknowledges a write before it is synced. */
    DYNALITE_DISK("dynalite-disk"),
    DYNALITE_MEMORY("dynalite-memory");

    private static final Path OUTPUT = Path.of("benchmark", "target");

    /** The file that scripts/fetch-dynalite installs. */
    private static final Path DYNALITE = Path.of("target", "dynalite", "node_modules", "dynalite", "cli.js");

    /** The libraries that the gramme script runs, with Netty among them. */
    private static final Path GRAMME = Path.of("cli", "target", "gramme", "lib");

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String label;

    Target(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    /** Starts the server on an empty directory, and returns when it answers. */
    Running start() throws IOException, InterruptedException {
        return start("");
    }

    /** Starts the server on an empty directory, with further options for the JVM of Gramme. */
    Running start(String options) throws IOException, InterruptedException {
        Path data = OUTPUT.resolve("data", label);
        empty(data);
        int port = freePort();
        return launch(label, command(data.toString(), String.valueOf(port)), options, port);
    }

    /**
     * Runs a command that listens on {@code port}, with further options for the JVM of Gramme; returns when it answers.
     */
    static Running launch(String label, List<String> command, String options, int port)
            throws IOException, InterruptedException {
        Path log = Files.createDirectories(OUTPUT.resolve("logs")).resolve(label + ".log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("GRAMME_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().merge("GRAMME_JAVA_OPTS", options, (given, more) -> given + " " + more);
        boolean isJvm = !command.getFirst().equals("node");
        var running = new Running(builder.start(), isJvm, port, log);
        try {
            running.awaitAnswer();
            return running;
        } catch (IOException | InterruptedException e) {
            running.close();
            throw e;
        }
    }

    private List<String> command(String data, String port) {
        return switch (this) {
            case ECHO ->
                java(
                        System.getProperty("java.class.path") + File.pathSeparator + GRAMME + File.separator + "*",
                        "-Dio.netty.leakDetection.level=disabled",
                        EchoServer.class.getName(),
                        port);
            case GRAMME_DISK -> List.of("./gramme", "serve", "--data", data, "--port", port);
            case GRAMME_DISK_CLEAR ->
                List.of("./gramme", "serve", "--data", data, "--port", port, "--encryption", "off");
            case GRAMME_MEMORY -> List.of("./gramme", "serve", "--in-memory", "--port", port);
            case DYNALITE_DISK -> dynalite("--path", data, "--port", port);
            case DYNALITE_MEMORY -> dynalite("--port", port);
        };
    }

    private static List<String> dynalite(String... arguments) {
        var command = new ArrayList<>(List.of("node", DYNALITE.toString(), "--host", "127.0.0.1"));
        command.addAll(List.of(arguments));
        return command;
    }

    private boolean isDynalite() {
        return this == DYNALITE_DISK || this == DYNALITE_MEMORY;
    }

    /** Whether the server has the operation: dynalite has no transactions. */
    boolean offers(Workload workload) {
        return !(isDynalite() && workload.action().startsWith("Transact"));
    }

    static List<String> java(String classPath, String... more) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                classPath));
        command.addAll(List.of(more));
        return command;
    }

    static void empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Files.createDirectories(directory);
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A running server. It ends when the benchmark ends, for any reason. */
    static final class Running implements AutoCloseable {
        private static final Duration POLL = Duration.ofMillis(2);

        /** A server is at rest when it uses less processor time than this during {@link #REST}. */
        private static final Duration RESTING = Duration.ofMillis(100);

        private static final Duration REST = Duration.ofSeconds(1);
        private static final byte[] LIST_TABLES = Connection.request("ListTables", "{}");

        private final Process process;
        private final boolean isJvm;
        private final int port;
        private final Path log;
        private final Thread end;
        private Optional<Probe> probe = Optional.empty();

        private Running(Process process, boolean isJvm, int port, Path log) {
            this.process = process;
            this.isJvm = isJvm;
            this.port = port;
            this.log = log;
            this.end = Thread.ofPlatform().unstarted(process::destroy);
            Runtime.getRuntime().addShutdownHook(end);
        }

        int port() {
            return port;
        }

        /** The resident memory. Read it before the first call of {@link #usage}, whose probe takes memory itself. */
        long residentBytes() throws IOException {
            return Probe.residentBytes(process.toHandle());
        }

        Usage usage() throws IOException {
            if (probe.isEmpty()) {
                probe = Optional.of(Probe.of(process.toHandle(), isJvm));
            }
            return probe.get().now();
        }

        /** Creates a table. */
        void create(String definition) throws IOException {
            try (var connection = Connection.open(port)) {
                if (!connection.succeeds(Connection.request("CreateTable", definition))) {
                    throw new IOException("refused a table: " + connection.body());
                }
            }
        }

        /** Waits until the server has finished its background work, and returns how long that took. */
        Duration awaitRest() throws IOException, InterruptedException {
            long begun = System.nanoTime();
            Duration before = usage().processor();
            while (true) {
                Thread.sleep(REST);
                Duration now = usage().processor();
                if (now.minus(before).compareTo(RESTING) < 0) {
                    return Duration.ofNanos(System.nanoTime() - begun);
                }
                before = now;
            }
        }

        private void awaitAnswer() throws IOException, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("it did not start; its output was:\n" + Files.readString(log, UTF_8));
                }
                Thread.sleep(POLL);
            }
        }

        private boolean answers() {
            try (var connection = Connection.open(port)) {
                return connection.succeeds(LIST_TABLES);
            } catch (IOException e) {
                return false; // not yet
            }
        }

        @Override
        public void close() {
            try {
                if (probe.isPresent()) {
                    probe.get().close();
                }
                process.destroy();
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (IOException | InterruptedException e) {
                process.destroyForcibly();
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
