package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The gramme command as a process of its own. */
@Tag("slow")
@Timeout(60)
class ServeProcessTest {
    /** A started {@code gramme serve}, and where it says it listens. */
    private record Serving(Process process, String url) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static Process gramme(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "io.gramme.cli.Gramme"));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).start();
    }

    private static Serving serve() throws IOException {
        Process process = gramme("serve", "--in-memory", "--port", "0");
        BufferedReader out = process.inputReader(UTF_8);
        assertThat(out.readLine()).startsWith("Gramme ");
        String listening = out.readLine();
        assertThat(listening).startsWith("  listening on http://127.0.0.1:");
        assertThat(out.readLine()).isEqualTo("  tables in memory");
        return new Serving(process, listening.substring("  listening on ".length()));
    }

    @Test
    void itSaysWhereItListensAndServesThere() throws Exception {
        try (var serving = serve();
                var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(serving.url())).build();
            assertThat(client.send(request, BodyHandlers.ofString()).body()).startsWith("healthy: ");
        }
    }

    @Test
    void onSigtermItSaysThatItHasStoppedAndSucceeds() throws Exception {
        try (var serving = serve()) {
            serving.process().toHandle().destroy(); // Process.destroy would close its streams as well.
            assertThat(serving.process().waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(serving.process().exitValue()).isZero();
            assertThat(serving.process().errorReader(UTF_8).readAllAsString()).isEmpty();
            assertThat(serving.process().inputReader(UTF_8).readAllAsString())
                    .isEqualTo("Gramme has stopped" + System.lineSeparator());
        }
    }

    @Test
    void aDataDirectoryThatIsAFileEndsItWithTheReason() throws Exception {
        Path file = Files.createTempFile("gramme", "file");
        try {
            requireReason(file.toString(), file.toString(), "not a directory: " + file);
            requireReason(file.resolve("data").toString(), file.resolve("data").toString(), "not a directory: " + file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aDataDirectoryThatCannotBeMadeEndsItWithTheReason() throws Exception {
        Process process = gramme("serve", "--data", "/proc/gramme", "--port", "0");
        assertThat(process.errorReader(UTF_8).readAllAsString())
                .startsWith("gramme: data directory cannot be opened: directory=/proc/gramme reason=")
                .doesNotContain("null")
                .hasLineCount(1);
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private static void requireReason(String data, String directory, String reason) throws Exception {
        Process process = gramme("serve", "--data", data, "--port", "0");
        assertThat(process.errorReader(UTF_8).readAllAsString())
                .isEqualTo(
                        "gramme: data directory cannot be opened: directory=" + directory + " reason=" + reason + "\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void aContradictionEndsItWithOneSentence() throws Exception {
        Process process = gramme("serve", "--in-memory", "--data", "somewhere");
        assertThat(process.errorReader(UTF_8).readAllAsString()).isEqualTo("""
                        gramme: --data is for --storage disk, and the tables are in memory by --in-memory
                        Try 'gramme serve --help'.
                        """);
        assertThat(process.waitFor()).isEqualTo(2);
    }

    @Test
    void aPortInUseEndsItWithOneLine() throws Exception {
        try (var serving = serve()) {
            String port = String.valueOf(URI.create(serving.url()).getPort());
            Process second = gramme("serve", "--in-memory", "--port", port);
            assertThat(second.errorReader(UTF_8).readAllAsString())
                    .isEqualTo("gramme: cannot listen on 127.0.0.1:" + port + ": Address already in use\n");
            assertThat(second.waitFor()).isEqualTo(1);
        }
    }
}
