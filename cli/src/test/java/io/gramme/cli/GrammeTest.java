package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrammeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Gramme.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }

    @Test
    void helpNamesEveryOptionAndItsDefault() {
        assertThat(run("serve", "--help")).isZero();
        assertThat(out.toString())
                .contains("--port", "8000", "--host", "127.0.0.1", "--data", "gramme-data", "--in-memory")
                .contains("--durability", "synced", "relaxed", "--table-delay", "--log-level")
                .contains("--ttl-interval", "5s", "--disk-reserve", "--accept-log-loss");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aClusterThatWasNeverStartedIsAnsweredInOneLine() {
        assertThat(run("dev-cluster", "status", "--dir", "target/no-cluster")).isEqualTo(1);
        assertThat(run("dev-cluster", "stop", "--dir", "target/no-cluster")).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("gramme: there is no cluster in target/no-cluster; start one by 'gramme dev-cluster start'\n"
                        .repeat(2));
    }

    @Test
    void theVersionIsAsked() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("gramme ");
    }

    @Test
    void aRehearsalPlaysAndLeavesNothing() {
        assertThat(run("rehearse")).isZero();
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void withoutACommandThereIsNothingToDo() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("gramme: name a command: serve, sweep, jobs, top, backup, restore, recovery, check, export,"
                        + " import, import-errors, diff, trigger, keys, user, role, policy,"
                        + " key, encryption, fault, audit, dev-cluster, version, help\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 65536, '--port is 0 to 65535, not 65536'",
        "--streams-port, -1, '--streams-port is 0 to 65535, not -1'",
        "--metrics-port, 65536, '--metrics-port is 0 to 65535, not 65536'",
        "--cache-bytes, 1000, '--cache-bytes is at least 1MB'",
        "--cache-bytes, 64XB, 'Invalid value for option ''--cache-bytes'': ''64XB'' is not a size such as 4096'",
        "--disk-reserve, -1, 'Invalid value for option ''--disk-reserve'': ''-1'' is not a size such as 4096'",
        "--port, http, 'Invalid value for option ''--port'': ''http'' is not an int'",
        "--durability, some, 'Invalid value for option ''--durability'': ''some'' is not one of synced, relaxed'",
        "--table-delay, 5, 'Invalid value for option ''--table-delay'': ''5'' is not a time'",
        "--ttl-interval, soon, 'Invalid value for option ''--ttl-interval'': ''soon'' is not a time'",
        "--index-delay, 1s, '--index-delay is for --storage memory, and the tables are on disk, which is the default'",
        "--storage, tape, 'Invalid value for option ''--storage'': ''tape'' is not one of disk, memory, cassandra'",
        "--storage, cassandra, '--storage cassandra needs --contact-points'",
        "--contact-points, 127.0.0.1, '--contact-points is for --storage cassandra, and the tables are on disk'",
        "--keyspace, mine, '--keyspace is for --storage cassandra, and the tables are on disk, which is the default'",
        "--streams-port, 8000, '--streams-port is the port of --port, 8000: give each a port of its own'",
        "--metrics-port, 8000, '--metrics-port is the port of --port, 8000: give each a port of its own'",
        "--log-level, all, 'Invalid value for option ''--log-level'': ''all'' is not one of error, warning, info'",
        "--nonsense, 1, 'unknown option ''--nonsense'''",
        "--prot, 1, 'unknown option ''--prot''. Did you mean ''--port''?'",
        "--memory, 1, 'unknown option ''--memory''. Did you mean ''--in-memory''?'",
        "--port, '', 'Invalid value for option ''--port'': '''' is not an int'",
        "--kinesis-endpoint, here, 'Invalid value for option ''--kinesis-endpoint'': ''here'' is not a URL such as http:'",
        "--kinesis-endpoint, 'x y', 'Invalid value for option ''--kinesis-endpoint'': ''x y'' is not a URL such as'",
        "more, less, 'unexpected argument ''more'''"
    })
    void aBadOptionIsAnsweredInOneLine(String option, String value, String complaint) {
        assertThat(run("serve", option, value)).isEqualTo(2);
        assertThat(err.toString()).startsWith("gramme: " + complaint).endsWith("Try 'gramme serve --help'.\n");
        assertThat(err.toString()).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource({
        "--contact-points=127.0.0.1:port, --port=1, '--contact-points has no port from 1 to 65535 in 127.0.0.1:port'",
        "--contact-points=127.0.0.1, --cassandra-tls-cert=some.pem, '--cassandra-tls-cert and --cassandra-tls-key go together'",
        "--contact-points=127.0.0.1, --replication=many, '--replication is a number, or NAME:NUMBER,..., not many'",
        "--contact-points=127.0.0.1, --keyspace=My-Keyspace, '--keyspace is lower-case letters, digits and _'",
        "--contact-points=127.0.0.1, --user=gramme, '--user and --password-file go together'",
        "--contact-points=127.0.0.1, --cassandra-tls-ca=no-such-file, '--cassandra-tls-ca is not a file that can be read: no-such-file'"
    })
    void aBadOptionAboutAClusterIsAnsweredInOneLine(String one, String other, String complaint) {
        assertThat(run("serve", "--storage", "cassandra", one, other)).isEqualTo(2);
        assertThat(err.toString()).startsWith("gramme: " + complaint).endsWith("Try 'gramme serve --help'.\n");
    }

    @Test
    void aClusterThatIsNotThereIsAnsweredInOneLine() {
        assertThat(run("serve", "--storage", "cassandra", "--contact-points", "127.0.0.1:1"))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("gramme: no node of the cluster can be reached")
                .hasLineCount(1);
    }

    @Test
    void aPortInUseIsAnsweredInOneLine() throws Exception {
        try (var other = Server.start(ServerOptions.inMemory())) {
            int port = other.address().getPort();
            assertThat(run("serve", "--in-memory", "--port", String.valueOf(port)))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo("gramme: cannot listen on 127.0.0.1:" + port + ": Address already in use\n");
        }
    }

    @Test
    void aSweepSaysHowManyItemsWereDeleted() throws Exception {
        try (var server = Server.start(ServerOptions.inMemory())) {
            int port = server.address().getPort();
            assertThat(run("sweep", "--port", String.valueOf(port))).isZero();
            assertThat(out.toString().strip()).isEqualTo("{\"Deleted\":0,\"LagSeconds\":0}");
            assertThat(err.toString()).isEmpty();
        }
    }

    @Test
    void aTriggerIsAskedForInOneLine() throws Exception {
        try (var server = Server.start(ServerOptions.inMemory())) {
            String port = String.valueOf(server.address().getPort());
            assertThat(run("trigger", "list", "--port", port, "--region", "eu-west-1"))
                    .isZero();
            assertThat(out.toString().strip()).isEqualTo("{\"EventSourceMappings\":[]}");
            assertThat(run(
                            "trigger",
                            "create",
                            "--table=orders",
                            "--webhook=http://127.0.0.1:1",
                            "--region=eu-west-1",
                            "--access-key-id=any",
                            "--port",
                            port))
                    .isEqualTo(1);
            assertThat(err.toString())
                    .isEqualTo("gramme: Requested resource not found: Table: orders not found in account 000000000000,"
                            + " region eu-west-1 (ResourceNotFoundException)\n");
            assertThat(run("trigger", "update", "some", "--from", "LATEST")).isEqualTo(2);
        }
    }

    @Test
    void aSweepWithoutAServerIsAnsweredInOneLine() throws Exception {
        int port;
        try (var server = Server.start(ServerOptions.inMemory())) {
            port = server.address().getPort();
        }
        assertThat(run("sweep", "--port", String.valueOf(port))).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("gramme: no server answers on 127.0.0.1:" + port + "; start one by 'gramme serve'\n");
    }
}
