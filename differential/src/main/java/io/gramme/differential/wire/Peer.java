package io.gramme.differential.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** One of the two servers, and how it is started: in memory, on a free port, from the project's directory. */
public enum Peer {
    GRAMME,
    LOCAL;

    private static final Path OUTPUT = Path.of("differential", "target");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What DynamoDB Local calls every account. Gramme takes an access key id of twelve digits for the account. */
    private static final String ACCOUNT_OF_ALL = "000000000000";

    /** Starts it, and returns when it answers. */
    public Running start() throws IOException, InterruptedException {
        int port = freePort();
        Path log = Files.createDirectories(OUTPUT).resolve(name().toLowerCase(Locale.ROOT) + ".log");
        var builder = new ProcessBuilder(command(String.valueOf(port)))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("GRAMME_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("GRAMME_JAVA_OPTS", "-Xmx1g");
        var running = new Running(this, builder.start(), port, log);
        try {
            running.awaitAnswer();
            return running;
        } catch (IOException | InterruptedException e) {
            running.close();
            throw e;
        }
    }

    private List<String> command(String port) {
        String libraries = Path.of("dynamodb-local", "target", "lib").toString();
        return switch (this) {
            case GRAMME -> List.of("./gramme", "serve", "--in-memory", "--port", port);
            case LOCAL ->
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dsqlite4java.library.path=" + libraries,
                        "-cp",
                        libraries + File.separator + "*",
                        "software.amazon.dynamodb.services.local.main.ServerRunner",
                        "-inMemory",
                        "-disableTelemetry",
                        "-port",
                        port);
        };
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A started server. It ends with this process, however that ends. */
    public static final class Running implements AutoCloseable {
        private static final Request LIST_TABLES = new Request("ListTables", "{}");

        private final Peer peer;
        private final Process process;
        private final int port;
        private final Path log;
        private final Thread end;

        private Running(Peer peer, Process process, int port, Path log) {
            this.peer = peer;
            this.process = process;
            this.port = port;
            this.log = log;
            this.end = Thread.ofPlatform().unstarted(process::destroy);
            Runtime.getRuntime().addShutdownHook(end);
        }

        /** @param caller an access key id of twelve digits; its tables are nobody else's */
        public Connection connect(String caller) throws IOException {
            return Connection.open(port, caller, peer == GRAMME ? caller : ACCOUNT_OF_ALL);
        }

        private void awaitAnswer() throws IOException, InterruptedException {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!answers()) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException(peer + " did not start; its output was:\n" + Files.readString(log, UTF_8));
                }
                Thread.sleep(50);
            }
        }

        private boolean answers() {
            try (var connection = connect(ACCOUNT_OF_ALL)) {
                connection.send(LIST_TABLES);
                return connection.receive().succeeded();
            } catch (IOException e) {
                return false; // not yet
            }
        }

        @Override
        public void close() {
            try {
                process.destroy();
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
                Runtime.getRuntime().removeShutdownHook(end);
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }
}
