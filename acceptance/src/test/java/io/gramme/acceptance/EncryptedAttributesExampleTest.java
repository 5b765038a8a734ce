package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The example of attributes that are encrypted in the client, as a process of its own. */
@Tag("slow")
class EncryptedAttributesExampleTest {
    private static final Path PROGRAM = Path.of(
            "..", "examples", "encrypted-attributes", "src", "main", "java", "shop", "EncryptedAttributes.java");

    @Test
    void theShopReadsWhatTheServerAndOthersDoNot() throws Exception {
        try (var gramme = new InMemoryGramme()) {
            assertThat(run(gramme.url()).lines().map(String::strip).toList())
                    .containsSubsequence(
                            "What the shop reads:",
                            "address = [city, street]",
                            "card = 4000 0000 0000 0002",
                            "total = 20",
                            "What is stored:",
                            ":views = 0",
                            "card = 37 bytes",
                            "total = 20",
                            "Orders of 20 and more: [2, 3]",
                            "Views of order 2: 1",
                            "An update of what is encrypted: Update Expressions forbidden on signed attributes : card")
                    .anyMatch(line -> line.startsWith("The forged order: ") && line.contains("Signature of record"))
                    .anyMatch(line -> line.startsWith("With the key disabled: "))
                    .anyMatch(line -> line.startsWith("DisabledException: ") && line.contains("is disabled."))
                    .last()
                    .isEqualTo("With the key enabled again: 4000 0000 0000 0002");
        }
    }

    private static String run(URI gramme) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM.toString(),
                        gramme.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = process.inputReader(UTF_8).readAllAsString();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
