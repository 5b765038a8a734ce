package io.gramme.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an embedding program has to bring: for tables in memory nothing that only other engines or servers need. */
class ClassPathTest {
    private static final Pattern OPTIONAL = Pattern.compile("rocksdb");
    private static final Pattern UNWANTED = Pattern.compile(
            "rocksdb|cassandra|datastax|micrometer|prometheus|native-epoll|gramme-metrics|metrics/target");

    /** The class path of this test without the optional dependencies, as a program has it that names none. */
    private static final List<String> ENTRIES = Pattern.compile(File.pathSeparator)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> !OPTIONAL.matcher(entry).find())
            .toList();

    @TempDir
    private Path directory;

    @AutoClose
    private final URLClassLoader program =
            new URLClassLoader(ENTRIES.stream().map(ClassPathTest::url).toArray(URL[]::new), null);

    private static URL url(String entry) {
        try {
            return Path.of(entry).toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(entry, e);
        }
    }

    /** A program of its own, of which each method is called by name. */
    public static final class Program {
        private Program() {}

        public static int tablesInMemory() {
            try (var gramme = EmbeddedGramme.start()) {
                return gramme.client().listTables().tableNames().size();
            }
        }

        public static void tablesInDirectory(String directory) {
            EmbeddedGramme.start(EmbeddedOptions.in(Path.of(directory))).close();
        }
    }

    private Class<?> loaded() throws ClassNotFoundException {
        return program.loadClass(Program.class.getName());
    }

    @Test
    void nothingIsOnItThatOnlyOtherEnginesAndServersNeed() {
        assertThat(ENTRIES)
                .isNotEmpty()
                .noneMatch(entry -> UNWANTED.matcher(entry).find());
    }

    @Test
    void tablesInMemoryNeedNoOptionalDependency() throws Exception {
        assertThat(loaded().getMethod("tablesInMemory").invoke(null)).isEqualTo(0);
    }

    @Test
    void tablesInADirectoryNameTheDependencyThatTheyMiss() throws Exception {
        var method = loaded().getMethod("tablesInDirectory", String.class);
        assertThatThrownBy(() -> method.invoke(null, directory.toString()))
                .cause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessageContaining("io.gramme:gramme-storage-rocksdb");
    }
}
