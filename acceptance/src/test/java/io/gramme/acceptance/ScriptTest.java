package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The sessions of {@code src/test/scripts}: the clients of other languages, as processes. They fail where there are none. */
class ScriptTest {
    private static final Path SCRIPTS = Path.of("src", "test", "scripts");
    private static final int PATIENCE_SECONDS = 120;

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

    private static Ended run(Map<String, String> more, List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
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
            assertThat(run(Map.of(), List.of(command)).status()).as(advice).isZero();
        } catch (IOException e) {
            throw new AssertionError(advice, e);
        }
    }

    private static void play(String interpreter, String script) throws IOException, InterruptedException {
        try (var server = Server.start(ServerOptions.inMemory())) {
            var endpoint = Map.of(
                    "AWS_ENDPOINT_URL", "http://127.0.0.1:" + server.address().getPort());
            Ended ended =
                    run(endpoint, List.of(interpreter, SCRIPTS.resolve(script).toString()));
            assertThat(ended.status()).as(ended.output()).isZero();
            assertThat(ended.output()).endsWith("done\n");
        }
    }

    @Test
    @Timeout(2 * PATIENCE_SECONDS)
    void boto3DoesNotTellTheDifference() throws Exception {
        require("boto3 is needed for this test: 'pip install boto3'", "python3", "-c", "import boto3");
        play("python3", "session.py");
    }

    @Test
    @Timeout(2 * PATIENCE_SECONDS)
    void theAwsCommandDoesNotTellTheDifference() throws Exception {
        require("the AWS CLI is needed for this test: 'pip install awscli'", "aws", "--version");
        play("sh", "session.sh");
    }
}
