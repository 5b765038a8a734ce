package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sessions of {@code src/test/scripts}: the clients of other languages, as processes. They fail where there are none. */
@Tag("client")
class ScriptTest {
    private static final Path SCRIPTS = Path.of("src", "test", "scripts");
    private static final Path JAVASCRIPT = SCRIPTS.resolve("javascript");
    private static final String LOCK = "package-lock.json";
    private static final int PATIENCE_SECONDS = 120;
    private static final String ROOT_KEY = "AKIAROOTROOTROOTROOT";
    private static final String ROOT_SECRET = "the secret of the root";

    /** Nothing of the user's own configuration: keys, profiles, pagers, proxies. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_ACCESS_KEY_ID", "111111111111",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_DEFAULT_REGION", "eu-west-1",
            "AWS_CONFIG_FILE", "/dev/null",
            "AWS_SHARED_CREDENTIALS_FILE", "/dev/null",
            "AWS_PAGER", "",
            "NO_PROXY", "127.0.0.1");

    private record Ended(int status, String output) {}

    private static Ended run(Path directory, Map<String, String> more, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(ENVIRONMENT);
        builder.environment().putAll(more);
        Process process = builder.start();
        String output = process.inputReader(UTF_8).readAllAsString();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), output);
    }

    /** Fails, with what to do, unless a command can be run. */
    private static void require(String advice, String... command) throws InterruptedException {
        try {
            assertThat(run(SCRIPTS, Map.of(), List.of(command)).status())
                    .as(advice)
                    .isZero();
        } catch (IOException e) {
            throw new AssertionError(advice, e);
        }
    }

    /** Runs a session against a server of its own, and returns what it said. */
    private static String play(Path directory, String... command) throws IOException, InterruptedException {
        try (var server = Server.start(ServerOptions.inMemory().withFaultRules())) {
            var endpoint = Map.of(
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.address().getPort());
            Ended ended = run(directory, endpoint, List.of(command));
            assertThat(ended.status()).as(ended.output()).isZero();
            return ended.output();
        }
    }

    @ParameterizedTest
    @Timeout(2 * PATIENCE_SECONDS)
    @ValueSource(
            strings = {
                "session.py",
                "corners.py",
                "throttling.py",
                "cloudwatch.py",
                "autoscaling.py",
                "faults.py",
                "identities.py",
                "kms.py"
            })
    void boto3DoesNotTellTheDifference(String script) throws Exception {
        require("boto3 is needed for this test: 'pip install boto3'", "python3", "-c", "import boto3");
        assertThat(play(SCRIPTS, "python3", script)).endsWith("done\n");
    }

    @ParameterizedTest
    @Timeout(2 * PATIENCE_SECONDS)
    @ValueSource(
            strings = {"session.sh", "corners.sh", "throttling.sh", "cloudwatch.sh", "autoscaling.sh", "identities.sh"})
    void theAwsCommandDoesNotTellTheDifference(String script) throws Exception {
        require("the AWS CLI is needed for this test: 'pip install awscli'", "aws", "--version");
        assertThat(play(SCRIPTS, "sh", script)).endsWith("done\n");
    }

    /** A server that verifies signatures, whose operator gave it its first key. */
    private static GrammeProcess enforcing(Path directory) throws IOException {
        Path id = Files.writeString(directory.resolve("id"), ROOT_KEY + "\n");
        Path secret = Files.writeString(directory.resolve("secret"), ROOT_SECRET + "\n");
        var given = Map.of("GRAMME_ROOT_ACCESS_KEY_FILE", id.toString(), "GRAMME_ROOT_SECRET_FILE", secret.toString());
        return GrammeProcess.start(directory.resolve("data"), given, "--auth", "enforce");
    }

    private static Map<String, String> root(GrammeProcess server) {
        return Map.of(
                "AWS_ENDPOINT_URL", server.url().toString(),
                "AWS_ACCESS_KEY_ID", ROOT_KEY,
                "AWS_SECRET_ACCESS_KEY", ROOT_SECRET);
    }

    /** One server for all of it, which the operator gave its first key. */
    @Test
    @Timeout(3 * PATIENCE_SECONDS)
    void aServerThatEnforcesConfinesUsersOfEveryClient(@TempDir Path directory) throws Exception {
        try (var server = enforcing(directory)) {
            Map<String, String> root = root(server);
            for (List<String> script : List.of(List.of("python3", "confined.py"), List.of("sh", "confined.sh"))) {
                assertThat(run(SCRIPTS, root, script)).isEqualTo(new Ended(0, "done\n"));
            }
            String port = String.valueOf(server.url().getPort());
            assertThat(GrammeCommand.with(root, "user", "list", "--port", port).output())
                    .contains("\"UserName\":\"anna\"", "\"UserName\":\"berta\"");
            assertThat(GrammeCommand.with(root, "top", "Orders", "--once", "--port", port)
                            .output())
                    .startsWith("Orders ");
            var stranger = Map.of("AWS_ACCESS_KEY_ID", ROOT_KEY, "AWS_SECRET_ACCESS_KEY", "another");
            assertThat(GrammeCommand.with(stranger, "jobs", "--port", port).output())
                    .startsWith("gramme: The request signature we calculated does not match")
                    .endsWith(" (InvalidSignatureException)\n")
                    .hasLineCount(1);
        }
    }

    @Test
    @Timeout(3 * PATIENCE_SECONDS)
    void theJavaScriptSdkDoesNotTellTheDifference(@TempDir Path temporary) throws Exception {
        require("Node.js 18 or newer is needed for this test", "node", "--version");
        require("npm is needed for this test", "npm", "--version");
        Path directory = withModules(JAVASCRIPT, Path.of("target", "javascript"));
        List<String> command = new ArrayList<>(List.of("node", "--test"));
        try (Stream<Path> files = Files.list(JAVASCRIPT)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(2);
        assertThat(play(directory, command.toArray(String[]::new))).contains("fail 0");
        try (var server = enforcing(temporary)) {
            assertThat(run(directory, root(server), List.of("node", "confined.mjs")))
                    .isEqualTo(new Ended(0, "done\n"));
        }
    }

    /** A copy of a folder of JavaScript, with the packages that it names beside it: fetched if they are others than before. */
    private static Path withModules(Path sources, Path copy) throws IOException, InterruptedException {
        Files.createDirectories(copy);
        Path fetched = copy.resolve("node_modules").resolve("fetched");
        boolean current = Files.exists(fetched) && Files.mismatch(fetched, sources.resolve(LOCK)) < 0;
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (!current) {
            Ended installed = run(copy, Map.of(), List.of("npm", "ci", "--prefer-offline", "--no-audit", "--no-fund"));
            assertThat(installed.status())
                    .as("npm fetches the packages of %s: %s", sources, installed.output())
                    .isZero();
            Files.copy(copy.resolve(LOCK), fetched);
        }
        return copy;
    }
}
