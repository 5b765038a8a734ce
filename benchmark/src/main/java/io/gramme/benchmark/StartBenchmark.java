package io.gramme.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * The start benchmark: the time of each server from its command to its first answer, and its idle memory. Also the
 * start time of an embedded Gramme in a running JVM.
 */
final class StartBenchmark {
    private static final int RUNS = 5;

    /** The idle time before the memory of a server is read. */
    private static final Duration REST = Duration.ofSeconds(1);

    /** The libraries that benchmark/run builds for the embedded Gramme and the SDK. */
    static final Path EMBEDDED = Path.of("microbenchmark", "target", "lib");

    private static final String EMBEDDED_START = "io.gramme.microbenchmark.EmbeddedStart";

    private StartBenchmark() {}

    static void run() throws IOException, InterruptedException {
        System.out.println("Medians of " + RUNS + " starts.\n");
        System.out.println(line("target", "first answer (ms)", "idle memory (MB)"));
        for (Target target : Target.values()) {
            var times = new ArrayList<Double>();
            var memory = new ArrayList<Double>();
            for (int i = 0; i < RUNS; i++) {
                long begun = System.nanoTime();
                try (Target.Running running = target.start()) {
                    times.add((System.nanoTime() - begun) / 1e6);
                    Thread.sleep(REST);
                    memory.add(running.residentBytes() / 1e6);
                }
            }
            System.out.println(line(target.label(), number(median(times)), number(median(memory))));
        }
        if (Files.isDirectory(EMBEDDED)) {
            System.out.println();
            embedded();
        }
    }

    /** Runs a JVM that measures and prints the embedded start itself. */
    private static void embedded() throws IOException, InterruptedException {
        for (List<String> arguments : List.of(List.<String>of(), List.of("with-sdk"))) {
            System.out.println(arguments.isEmpty() ? "A JVM that has never used the SDK" : "A JVM that uses the SDK");
            List<String> command = new ArrayList<>(Target.java(EMBEDDED + "/*", EMBEDDED_START));
            command.addAll(arguments);
            new ProcessBuilder(command).inheritIO().start().waitFor();
        }
    }

    static double median(List<Double> values) {
        var sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static String line(String target, String time, String memory) {
        return "%-15s %18s %18s".formatted(target, time, memory);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
