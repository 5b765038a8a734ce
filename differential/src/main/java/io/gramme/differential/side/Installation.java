package io.gramme.differential.side;

import java.nio.file.Path;
import java.util.ArrayList;
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

    /** Without the optimizing compiler, which takes half of the processor time of a run so short. */
    private static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1");

    public Installation {
        gramme = List.copyOf(gramme);
        embedded = List.copyOf(embedded);
    }

    /** The installation of the project in the current directory, built by differential/run. */
    static Installation ofProject() {
        return new Installation(
                List.of("./gramme"),
                java("microbenchmark/target/lib/*", EMBEDDED, List.of()),
                Optional.empty(),
                Path.of("differential", "target"));
    }

    /** The installation on this JVM's class path, whose programs are to run for about a minute. */
    public static Installation ofClassPath(Optional<String> cassandra, Path output) {
        String classPath = System.getProperty("java.class.path");
        return new Installation(
                java(classPath, "io.gramme.cli.Gramme", SHORT_RUN),
                java(classPath, EMBEDDED, SHORT_RUN),
                cassandra,
                output);
    }

    private static List<String> java(String classPath, String program, List<String> options) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-XX:+UseSerialGC",
                "-Xmx512m"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, program));
        return command;
    }
}
