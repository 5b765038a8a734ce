package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/find-jdk}, among homes that only look like those of a JDK. */
@DisabledOnOs(OS.WINDOWS)
class FindJdkTest {
    @TempDir
    private Path directory = Path.of("");

    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        for (String program : new String[] {"java", "javac"}) {
            Path file = Files.createFile(home.resolve("bin").resolve(program));
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n", UTF_8);
        return home;
    }

    private static Process start(String script, Map<String, String> environment) throws IOException {
        var builder = new ProcessBuilder(Sources.root().resolve(script).toString());
        builder.environment().remove("GRAMME_JAVA_HOME");
        builder.environment().remove("JAVA_HOME");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static String find(Map<String, String> environment) throws IOException, InterruptedException {
        Process process = start("scripts/find-jdk", environment);
        String found = process.inputReader(UTF_8).readAllAsString().strip();
        assertThat(process.errorReader(UTF_8).readAllAsString()).isEmpty();
        process.waitFor();
        return found;
    }

    @Test
    void theOneThatIsNamedIsTakenIfItIsNewEnough() throws Exception {
        Path named = jdk("a home with spaces", "25.0.3");
        Path other = jdk("other", "26-ea");
        assertThat(find(Map.of("GRAMME_JAVA_HOME", named.toString(), "JAVA_HOME", other.toString())))
                .isEqualTo(named.toString());
    }

    @Test
    void anOlderOneIsPassedOver() throws Exception {
        Path older = jdk("older", "17.0.15");
        Path ancient = jdk("ancient", "1.8.0_402");
        Path newer = jdk("newer", "26");
        for (Path home : List.of(older, ancient)) {
            String path = newer.resolve("bin") + ":" + System.getenv("PATH");
            assertThat(find(Map.of("JAVA_HOME", home.toString(), "PATH", path))).isEqualTo(newer.toString());
        }
    }

    /** Of the gramme command, which looks for a JDK before it does anything else. */
    private void requireRefusal(Path named, String why) throws Exception {
        Path other = directory.resolve("right");
        Process process = start("gramme", Map.of("GRAMME_JAVA_HOME", named.toString(), "JAVA_HOME", other.toString()));
        assertThat(process.inputReader(UTF_8).readAllAsString()).isEmpty();
        assertThat(process.errorReader(UTF_8).readAllAsString())
                .isEqualTo("gramme: GRAMME_JAVA_HOME=" + named + " " + why
                        + "; name the home of a JDK 25 or newer, or unset it\n");
        assertThat(process.waitFor()).isEqualTo(1);
    }

    @Test
    void oneThatIsNamedAndNoneIsNotReplacedByAnother() throws Exception {
        jdk("right", "25");
        requireRefusal(directory.resolve("missing"), "is not a directory");
        requireRefusal(jdk("older", "17.0.15"), "is Java 17.0.15");
        requireRefusal(directory, "has no bin/java");
        Path runtime = jdk("runtime", "25");
        Files.delete(runtime.resolve("bin/javac"));
        requireRefusal(runtime, "has no bin/javac, so it is a Java runtime without a compiler");
        Path unknown = jdk("unknown", "25");
        Files.delete(unknown.resolve("release"));
        requireRefusal(unknown, "has no file named release");
    }

    @Test
    void theOneOnThePathIsFoundThroughItsLinks() throws Exception {
        Path home = jdk("linked", "25");
        Path bin = Files.createDirectory(directory.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("alternative"), home.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("alternative"));
        assertThat(find(Map.of("PATH", bin + ":" + System.getenv("PATH")))).isEqualTo(home.toString());
    }

    @Test
    void aRuntimeWithoutACompilerIsNone() throws Exception {
        Path runtime = jdk("runtime", "25");
        Files.delete(runtime.resolve("bin/javac"));
        Path whole = jdk("whole", "25");
        String path = whole.resolve("bin") + ":" + System.getenv("PATH");
        assertThat(find(Map.of("JAVA_HOME", runtime.toString(), "PATH", path))).isEqualTo(whole.toString());
    }
}
