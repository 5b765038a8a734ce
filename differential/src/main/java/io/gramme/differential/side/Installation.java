package io.gramme.differential.side;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The installed programs of a run, and the directory for their output.
 *
 * @param gramme the gramme command, without its arguments
 * @param embedded a command that serves an embedded Gramme over a port, its only argument
 * @param cassandra the contact points of a running Cassandra cluster; without them the run starts one if it needs it
 * @param output the directory for data and logs
 */
public record Installation(List<String> gramme, List<String> embedded, Optional<String> cassandra, Path output) {
    private static final String EMBEDDED = "io.gramme.microbenchmark.EmbeddedBehindSocket";

    public Installation {
        gramme = List.copyOf(gramme);
        embedded = List.copyOf(embedded);
    }

    /** The installation of the project in the current directory, built by differential/run. */
    static Installation ofProject() {
        return new Installation(
                List.of("./gramme"),
                java("microbenchmark/target/lib/*", EMBEDDED),
                Optional.empty(),
                Path.of("differential", "target"));
    }

    /** The installation on this JVM's class path. */
    public static Installation ofClassPath(Optional<String> cassandra, Path output) {
        String classPath = System.getProperty("java.class.path");
        return new Installation(java(classPath, "io.gramme.cli.Gramme"), java(classPath, EMBEDDED), cassandra, output);
    }

    private static List<String> java(String classPath, String program) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                classPath,
                program);
    }
}
