package io.gramme.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory for the pictures of results. */
final class Pictures {
    private static final Path DIRECTORY = Path.of("benchmark", "target", "pictures");

    private Pictures() {}

    static void write(String name, Chart chart) throws IOException {
        Path file = Files.createDirectories(DIRECTORY).resolve(name + ".svg");
        Files.writeString(file, chart.svg());
        System.err.println("benchmark: " + file);
    }
}
