package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.http.HttpOptions.Browsers;
import io.gramme.http.HttpOptions.PerClient;
import io.gramme.http.tls.TlsOptions;
import io.gramme.http.tls.TlsOptions.Source;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that call a server by HTTPS. */
class SecureServerTest {
    @TempDir
    private Path directory = Path.of("");

    private Server server;

    @BeforeEach
    void start() throws Exception {
        var own = new Source.SelfSigned(directory, List.of("127.0.0.1"));
        server = Server.start(ServerOptions.inMemory()
                .at(new Network(Optional.of(TlsOptions.of(own)), Browsers.NONE, PerClient.DEFAULT, Optional.empty())));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private CommandRun sweep(String... options) {
        return CommandRun.of(Stream.concat(
                        Stream.of(
                                "sweep",
                                "--port",
                                String.valueOf(server.address().getPort())),
                        Stream.of(options))
                .toArray(String[]::new));
    }

    @Test
    void aCommandThatTrustsTheServerCallsIt() {
        CommandRun run = sweep("--ca-bundle", directory.resolve("ca.pem").toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("\"Deleted\":0");
    }

    @Test
    void aCommandIsToldWhatToDoElse() {
        assertThat(sweep().err()).contains("speaks TLS: call it with --tls");
        assertThat(sweep("--tls").err()).contains("no TLS with the server").contains("certificat");
        assertThat(sweep("--ca-bundle", "none.pem").err())
                .isEqualTo("gramme: cannot use the files of TLS: none.pem does not exist\n");
        assertThat(sweep("--client-key", "none.pem").err())
                .contains("--client-certificate and --client-key go together");
    }
}
