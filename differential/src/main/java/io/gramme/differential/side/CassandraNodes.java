package io.gramme.differential.side;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Three Cassandra nodes that a run starts with {@code gramme dev-cluster}, and removes with all their data. */
final class CassandraNodes implements AutoCloseable {
    private final Installation installation;
    private final Path directory;
    private final int port;

    private CassandraNodes(Installation installation, Path directory, int port) {
        this.installation = installation;
        this.directory = directory;
        this.port = port;
    }

    static CassandraNodes start(Installation installation) throws IOException, InterruptedException {
        int port = Program.freePort();
        Path directory = installation
                .output()
                .resolve("cassandra-" + ProcessHandle.current().pid());
        var nodes = new CassandraNodes(installation, directory, port);
        nodes.run("start", "--dir", directory.toString(), "--nodes", "3", "--port", String.valueOf(port));
        return nodes;
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(installation.gramme());
        command.add("dev-cluster");
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("GRAMME_JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        String output = process.inputReader(UTF_8).readAllAsString();
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed:\n" + output);
        }
    }

    String contactPoints() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() throws IOException {
        try {
            run("stop", "--dir", directory.toString());
            Directories.delete(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
