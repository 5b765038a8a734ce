package io.gramme.devcluster;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * Finds a Java 17, the only version that Cassandra 5.0 runs on. It reads each candidate's {@code release} file, as
 * {@code scripts/find-jdk} does for our own, so that it need not start a Java to learn its version.
 */
final class CassandraJava {
    static final String NAMED_BY = "GRAMME_CASSANDRA_JAVA_HOME";

    private static final String NEEDED = "17";
    private static final List<String> PLACES = List.of(
            "/usr/lib/jvm",
            "/usr/java",
            "/opt",
            "/opt/java",
            "~/.sdkman/candidates/java",
            "~/.jdks",
            "~/.local/share/mise/installs/java",
            "~/.asdf/installs/java",
            "/Library/Java/JavaVirtualMachines",
            "~/Library/Java/JavaVirtualMachines",
            "/opt/homebrew/opt");
    /** Where the home of a Java may be inside a directory entry. */
    private static final List<String> HOMES = List.of("", "Contents/Home", "libexec/openjdk.jdk/Contents/Home");

    private CassandraJava() {}

    /** @throws IOException saying how to get one, if there is none */
    static Path find(Map<String, String> environment, Path userHome) throws IOException {
        String named = environment.get(NAMED_BY);
        if (named != null) {
            return Optional.of(Path.of(named))
                    .filter(CassandraJava::fits)
                    .orElseThrow(() -> new IOException(
                            NAMED_BY + "=" + named + " is not the home of a Java " + NEEDED + ". " + howTo()));
        }
        String own = environment.get("JAVA_HOME");
        if (own != null && fits(Path.of(own))) {
            return Path.of(own);
        }
        for (String place : PLACES) {
            Path directory = place.startsWith("~/") ? userHome.resolve(place.substring(2)) : Path.of(place);
            Optional<Path> found =
                    candidates(directory).stream().filter(CassandraJava::fits).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new IOException("Cassandra needs a Java " + NEEDED + ", and there is none here. " + howTo());
    }

    private static String howTo() {
        return "Install one (Debian and Ubuntu: apt install openjdk-17-jdk-headless; others: https://adoptium.net), or name it: "
                + NAMED_BY + "=/path/to/java";
    }

    private static List<Path> candidates(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        var homes = new ArrayList<Path>();
        try (Stream<Path> entries = Files.list(directory)) {
            entries.sorted().forEach(entry -> HOMES.forEach(home -> homes.add(entry.resolve(home))));
        }
        return homes;
    }

    private static boolean fits(Path home) {
        if (!Files.isExecutable(home.resolve("bin/java"))) {
            return false;
        }
        var release = new Properties();
        try {
            release.load(new StringReader(Files.readString(home.resolve("release"))));
        } catch (IOException _) {
            return false;
        }
        String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.equals(NEEDED) || version.startsWith(NEEDED + ".");
    }
}
