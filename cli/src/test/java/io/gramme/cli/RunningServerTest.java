package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers that give no answer. */
@Timeout(60)
class RunningServerTest {
    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var server = RunningServer.at("127.0.0.1", silent.getLocalPort(), Duration.ofMillis(200));
            assertThatThrownBy(() -> server.ask("ListJobs", "{}", "123456789012", "eu-north-1"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + silent.getLocalPort())
                    .hasCauseInstanceOf(HttpTimeoutException.class);
        }
    }
}
