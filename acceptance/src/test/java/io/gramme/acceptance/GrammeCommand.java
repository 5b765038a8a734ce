package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A gramme command that asks a running server for something, as a process of its own. */
final class GrammeCommand {
    private GrammeCommand() {}

    /** What a command printed, and its exit code. */
    record Ended(int status, String output) {}

    /** Returns what it printed, in the account and region of {@link Clients}. */
    static String run(URI server, String... arguments) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--port", String.valueOf(server.getPort())));
        Ended ended = alone(all.toArray(String[]::new));
        assertThat(ended.status()).as(ended.output()).isZero();
        return ended.output();
    }

    /** Runs one that calls no server. */
    static Ended alone(String... arguments) throws IOException, InterruptedException {
        return with(Map.of("AWS_ACCESS_KEY_ID", "111111111111", "AWS_REGION", "eu-west-1"), arguments);
    }

    /** Runs one with environment variables. */
    static Ended with(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.gramme.cli.Gramme"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = process.inputReader(UTF_8).readAllAsString();
        return new Ended(process.waitFor(), output);
    }
}
