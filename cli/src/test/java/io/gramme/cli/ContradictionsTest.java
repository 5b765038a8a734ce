package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot hold together is refused in one sentence, before anything is opened. */
class ContradictionsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "serve --storage disk --in-memory | --in-memory contradicts --storage disk: give one of the two",
                "serve --in-memory --storage cassandra | --in-memory contradicts --storage cassandra: give one of the two",
                "serve --data x --in-memory | --data is for --storage disk, and the tables are in memory by --in-memory",
                "serve --data x --storage memory"
                        + " | --data is for --storage disk, and the tables are in memory by --storage memory",
                "serve --durability relaxed --in-memory"
                        + " | --durability is for --storage disk, and the tables are in memory by --in-memory",
                "serve --cache-bytes 64MB --in-memory"
                        + " | --cache-bytes is for --storage disk, and the tables are in memory by --in-memory",
                "serve --disk-reserve 1GB --in-memory"
                        + " | --disk-reserve is for --storage disk, and the tables are in memory by --in-memory",
                "serve --accept-log-loss --in-memory"
                        + " | --accept-log-loss is for --storage disk, and the tables are in memory by --in-memory",
                "serve --data x --storage cassandra --contact-points a"
                        + " | --data is for --storage disk, and the tables are in Cassandra",
                "serve --index-delay 1s --storage disk"
                        + " | --index-delay is for --storage memory, and the tables are on disk",
                "serve --cassandra-tls | --cassandra-tls is for --storage cassandra, and the tables are on disk, which is the default",
                "serve --encryption on --in-memory"
                        + " | --encryption on is for tables that are stored, and the tables are in memory by --in-memory",
                "serve --port 4000 --metrics-port 4000"
                        + " | --metrics-port is the port of --port, 4000: give each a port of its own",
                "serve --streams-port 4001 --metrics-port 4001"
                        + " | --metrics-port is the port of --streams-port, 4001: give each a port of its own",
                "trigger create --table t | give the target of the trigger: --webhook, or --function and --endpoint",
                "trigger create --table t --function f"
                        + " | give the target of the trigger: --webhook, or --function and --endpoint",
                "trigger create --table t --webhook u --function f"
                        + " | --webhook contradicts --function: a trigger has one target",
                "trigger update i --webhook u --endpoint e"
                        + " | --webhook contradicts --endpoint: a trigger has one target",
                "trigger create --webhook u --region eu-west-1 --stream arn:aws:dynamodb:us-east-1:000000000000:table/t"
                        + " | --region eu-west-1 contradicts the ARN, which is of us-east-1: leave it out",
                "trigger create --webhook u --access-key-id 111111111111"
                        + " --table arn:aws:dynamodb:us-east-1:000000000000:table/t"
                        + " | --access-key-id 111111111111 contradicts the ARN, which is of 000000000000: leave it out",
                "trigger create --table t --webhook u --from yesterday | Invalid value for option '--from':"
                        + " 'yesterday' is not LATEST, TRIM_HORIZON, or a time such as 2026-11-30T12:00:00Z",
                "trigger create --table t --webhook u --window 1500ms | Invalid value for option '--window':"
                        + " '1500ms' is not a whole number of seconds",
                "sweep --porf 1 | unknown option '--porf'. Did you mean '--port'?",
                "sevre | unknown command 'sevre'. Did you mean 'serve'?",
                "--port 8000 | unknown option '--port'. It is an option of 'gramme serve'",
                "trigger creat | unknown command 'creat'. Did you mean 'create'?",
                "trigger | name a command: create, list, show, update, delete, dead-letters",
                "dev-cluster | name a command: start, status, stop",
                "help sreve | unknown command 'sreve'. Did you mean 'serve'?",
            })
    void isRefusedInOneSentence(String line, String sentence) {
        CommandRun run = CommandRun.of(line.split(" ", -1));
        assertThat(run.err().lines()).hasSize(2).first().isEqualTo("gramme: " + sentence);
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"help, gramme", "help serve, gramme serve", "help trigger create, gramme trigger create"})
    void helpIsACommandAsWell(String line, String command) {
        CommandRun run = CommandRun.of(line.split(" ", -1));
        assertThat(run.status()).isZero();
        assertThat(run.out()).startsWith("Usage: " + command + " ");
        String option = (command + " --help").substring("gramme ".length());
        assertThat(run.out()).isEqualTo(CommandRun.of(option.split(" ", -1)).out());
    }

    @ParameterizedTest
    @CsvSource({"version", "--version", "trigger list --version"})
    void theVersionIsACommandAsWell(String line) {
        CommandRun run = CommandRun.of(line.split(" ", -1));
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo("gramme " + Gramme.version() + System.lineSeparator());
    }
}
