package io.gramme.differential.side;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How programs are started here, and where they may write.
 *
 * @param gramme the gramme command, without its arguments
 * @param embedded a command that serves an embedded Gramme over a port, its only argument
 * @param cassandra contact points of a Cassandra cluster that runs; without them one is started where it is needed
 * @param output for data and logs
 */
public record Installation(List<String> gramme, List<String> embedded, Optional<String> cassandra, Path output) {
    private static final String EMBEDDED = "io.gramme.microbenchmark.EmbeddedBehindSocket";

    public Installation {
        gramme = List.copyOf(gramme);
        embedded = List.copyOf(embedded);
    }

    /** Of the project in the current directory, built by differential/run. */
    static Installation ofProject() {
        return new Installation(
                List.of("./gramme"),
                java("microbenchmark/target/lib/*", EMBEDDED),
                Optional.empty(),
                Path.of("differential", "target"));
    }

    /** Of this JVM's class path. */
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
