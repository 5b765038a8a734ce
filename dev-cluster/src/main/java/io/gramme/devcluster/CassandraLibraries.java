package io.gramme.devcluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cassandra's jars, fetched through Maven at first use and kept in the user's cache. They are never on a class path of
 * ours: Cassandra has its own versions of half of the libraries we use.
 */
final class CassandraLibraries {
    static final String VERSION = "5.0.9";
    private static final String FETCHING = "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:copy-dependencies";

    private CassandraLibraries() {}

    /** The directory of a user's caches, by the convention of desktops. */
    static Path cache(Map<String, String> environment, Path userHome) {
        String named = environment.get("XDG_CACHE_HOME");
        Path caches = named == null || named.isBlank() ? userHome.resolve(".cache") : Path.of(named);
        return caches.resolve("gramme").resolve("cassandra-" + VERSION);
    }

    /** The directory of the jars, which are fetched if they are missing. */
    static Path in(Path cache) throws IOException, InterruptedException {
        if (Files.isDirectory(cache)) {
            return cache;
        }
        Files.createDirectories(cache.toAbsolutePath().getParent());
        Path draft = Files.createTempDirectory(cache.toAbsolutePath().getParent(), "fetching-");
        try {
            fetch(draft);
            publish(draft.resolve("lib"), cache);
        } finally {
            Directories.delete(draft);
        }
        return cache;
    }

    /** Atomically, so that no reader finds half of them; where two publish, the files of the first stay. */
    private static void publish(Path draft, Path cache) throws IOException {
        try {
            Files.move(draft, cache, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException _) {
            // Another process published the same jars.
        }
    }

    private static void fetch(Path draft) throws IOException, InterruptedException {
        Path project = draft.resolve("pom.xml");
        Files.writeString(project, resource("libraries.xml").replace("@version@", VERSION));
        var command =
                new ArrayList<>(List.of("mvn", "-q", "-B", "-Dstyle.color=never", "-f", project.toString(), FETCHING));
        command.add("-DincludeScope=runtime");
        command.add("-DoutputDirectory=" + draft.resolve("lib"));
        // Tests that run with a local repository pass it on.
        Optional.ofNullable(System.getProperty("maven.repo.local"))
                .ifPresent(local -> command.add("-Dmaven.repo.local=" + local));
        Path log = draft.resolve("log");
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment()
                .merge("MAVEN_OPTS", "--sun-misc-unsafe-memory-access=allow", (given, ours) -> ours + " " + given);
        int code;
        try {
            code = builder.start().waitFor();
        } catch (IOException e) {
            throw new IOException(
                    "Cassandra " + VERSION + " is fetched through Maven, which does not start: " + e.getMessage(), e);
        }
        if (code != 0) {
            throw new IOException("Maven could not fetch Cassandra " + VERSION + ":\n" + Files.readString(log));
        }
    }

    /** A resource beside this class. */
    static String resource(String name) throws IOException {
        try (InputStream in = CassandraLibraries.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no resource " + name);
            }
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
