package io.gramme.devcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CassandraJavaTest {
    @TempDir
    private Path directory = Path.of("");

    private Path java(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Path program = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.createFile(program);
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    @Test
    void theOneThatIsNamedIsTaken() throws Exception {
        Path named = java("a home with spaces", "17.0.15");
        assertThat(CassandraJava.find(Map.of(CassandraJava.NAMED_BY, named.toString()), directory))
                .isEqualTo(named);
    }

    @Test
    void aNamedOneOfAnotherVersionIsRefusedWithWhatToDo() throws Exception {
        for (String version : new String[] {"25.0.3", "1.8.0_402", "170", ""}) {
            Path named = java("version-" + version, version);
            assertThatThrownBy(() -> CassandraJava.find(Map.of(CassandraJava.NAMED_BY, named.toString()), directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(CassandraJava.NAMED_BY + "=" + named + " is not the home of a Java 17")
                    .hasMessageContaining("apt install openjdk-17-jdk-headless");
        }
    }

    @Test
    void theUsersOwnAreLookedThrough() throws Exception {
        java(".jdks/newer-25", "25");
        Path fitting = java(".jdks/older-17", "17");
        // Others may be installed on this machine, which come first.
        Path found = CassandraJava.find(Map.of("JAVA_HOME", fitting.toString()), directory);
        assertThat(found).isEqualTo(fitting);
        assertThat(CassandraJava.find(Map.of(), directory).resolve("release"))
                .content()
                .contains("JAVA_VERSION=\"17");
    }
}
