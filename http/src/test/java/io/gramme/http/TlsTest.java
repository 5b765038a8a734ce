package io.gramme.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.identity.Source;
import io.gramme.http.tls.ServerTls;
import io.gramme.http.tls.TestCertificates;
import io.gramme.http.tls.TlsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS on a socket, with the client of the JDK. */
@Timeout(60)
class TlsTest {
    private static final Duration SOON = Duration.ofMillis(20);

    @TempDir
    private Path directory = Path.of("");

    private TestCertificates certificates;
    private TlsOptions options;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = new TestCertificates(directory);
        options = TlsOptions.of(certificates.server("server", "localhost", "127.0.0.1"))
                .withLook(SOON);
    }

    private static HttpServer serve(ServerTls tls, Endpoint endpoint) throws IOException {
        return Servers.start(HttpOptions.at("127.0.0.1", 0).with(tls), endpoint);
    }

    private static HttpResponse<String> ask(HttpServer server, SSLContext context, String body) throws Exception {
        try (var client = HttpClient.newBuilder().sslContext(context).build()) {
            var request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + server.address().getPort() + "/"))
                    .header("Content-Type", "application/x-amz-json-1.0")
                    .header("X-Amz-Target", "DynamoDB_20120810.ListTables")
                    .header("X-Amz-Date", "20260101T000000Z")
                    .header(
                            "Authorization",
                            "AWS4-HMAC-SHA256 Credential=a/20260101/eu-west-1/dynamodb/aws4_request,"
                                    + " SignedHeaders=host, Signature=0")
                    .POST(BodyPublishers.ofString(body))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    private SSLSocket socket(HttpServer server) throws Exception {
        return (SSLSocket) TestCertificates.trusting(certificates.authority())
                .getSocketFactory()
                .createSocket("localhost", server.address().getPort());
    }

    @Test
    void aRequestIsAnsweredAndKnownAsSecure() throws Exception {
        var source = new AtomicReference<Source>();
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, call -> {
                    source.set(call.caller().source());
                    return call.body();
                })) {
            String large = "{\"a\":\"" + "x".repeat(3 << 20) + "\"}";
            HttpResponse<String> answer = ask(server, TestCertificates.trusting(certificates.authority()), large);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(large);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
            assertThat(source.get().secure()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void bothVersionsServe(String version) throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var socket = socket(server)) {
            socket.setEnabledProtocols(new String[] {version});
            socket.getOutputStream().write(RawClient.post("{}").repeat(3).getBytes(US_ASCII));
            var in = socket.getInputStream();
            assertThat(new String(in.readNBytes(15), US_ASCII)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
            assertThat(socket.getSession().getCipherSuite()).contains("GCM");
        }
    }

    @Test
    void olderVersionsAreRefused() throws Exception {
        // The JDK's own client no longer speaks them: this is the beginning of a handshake by TLS 1.1.
        byte[] hello = new java.math.BigInteger(
                        "16030100" + "2f" + "0100002b" + "0302" + "00".repeat(32) + "00" + "0004" + "c013002f" + "0100",
                        16)
                .toByteArray();
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send(hello);
            byte[] alert = client.socket.getInputStream().readAllBytes();
            assertThat(alert).as("a fatal alert, no handshake").startsWith(0x15);
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    @Test
    void plainHttpIsToldToUseTlsAndEnds() throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            RawClient.Reply reply = client.ask(RawClient.post("{}"));
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.text()).contains("https");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void garbageEndsTheConnection() throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send(new byte[100]);
            assertThat(client.isClosedByServer()).isTrue();
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    @Test
    void aHandshakeThatTakesTooLongEndsTheConnection() throws Exception {
        var hasty = new TlsOptions(options.source(), Optional.empty(), Duration.ofMillis(100), SOON);
        try (var tls = ServerTls.open(hasty, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            // Announces a record of 16 KB, of which nothing follows.
            client.send(new byte[] {0x16, 3, 1, 0x40, 0});
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aClientThatSaysGoodbyeIsStillAnswered() throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var socket = socket(server)) {
            socket.getOutputStream().write(RawClient.post("{}").getBytes(US_ASCII));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 200 OK");
            Servers.await(() -> server.load().connections() == 0);
        }
    }

    @Test
    void aRefusedRequestIsReadToItsRefusal() throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var socket = socket(server)) {
            socket.getOutputStream()
                    .write(("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Length: 99999999\r\n\r\nxxxx")
                            .getBytes(US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    void newFilesServeNewConnectionsAndOldConnectionsGoOn() throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var old = socket(server)) {
            old.getOutputStream().write(RawClient.post("{}").getBytes(US_ASCII));
            assertThat(old.getInputStream().read()).isEqualTo('H');
            Instant expires = tls.expires();
            assertThat(tls.names()).containsExactly("localhost", "127.0.0.1");

            certificates.server("server", "localhost", "renewed.example");
            Servers.await(() -> tls.names().contains("renewed.example"));
            assertThat(tls.expires()).isAfterOrEqualTo(expires);
            try (var fresh = socket(server)) {
                fresh.startHandshake();
                X509Certificate shown = (X509Certificate) fresh.getSession().getPeerCertificates()[0];
                assertThat(shown.getSubjectAlternativeNames().toString()).contains("renewed.example");
            }
            old.getOutputStream().write(RawClient.post("{}").getBytes(US_ASCII));
            Servers.await(() -> server.load().connections() == 1);
        }
    }

    @Test
    void aLinkThatIsTurnedToOtherFilesIsFollowed() throws Exception {
        Path first = Files.createDirectory(directory.resolve("first"));
        Path second = Files.createDirectory(directory.resolve("second"));
        Path link = Files.createSymbolicLink(directory.resolve("..data"), first);
        var authority = new TestCertificates(first);
        authority.server("tls", "one.example");
        new TestCertificates(second).server("tls", "two.example");
        var files = new TlsOptions.Source.Files(link.resolve("tls.pem"), link.resolve("tls.key"));
        try (var tls = ServerTls.open(TlsOptions.of(files).withLook(SOON), InstantSource.system())) {
            assertThat(tls.names()).containsExactly("one.example");
            Path next = Files.createSymbolicLink(directory.resolve("..data_tmp"), second);
            Files.move(next, link, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            Servers.await(() -> tls.names().contains("two.example"));
        }
    }

    @Test
    void filesThatDoNotFitTogetherLeaveTheFormerInUse() throws Exception {
        var files = (TlsOptions.Source.Files) options.source();
        try (var tls = ServerTls.open(options, InstantSource.system());
                var log = new LogCapture(ServerTls.class);
                var server = serve(tls, Servers.EMPTY_OBJECT)) {
            var other = certificates.server("other", "localhost", "other.example");
            Files.copy(other.certificate(), files.certificate(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            Servers.await(() -> log.count() == 1);
            assertThat(log.messages().getFirst()).contains("is not that of the first certificate");
            assertThat(ask(server, TestCertificates.trusting(certificates.authority()), "{}")
                            .statusCode())
                    .isEqualTo(200);

            Files.writeString(files.certificate(), "no certificate");
            Servers.await(() -> log.count() == 2);
            certificates.expired("server", "localhost");
            Servers.await(() -> log.count() == 3);
            assertThat(log.messages().getLast()).contains("expired at");
            Files.delete(files.key());
            Servers.await(() -> log.count() == 4);
            assertThat(ask(server, TestCertificates.trusting(certificates.authority()), "{}")
                            .statusCode())
                    .isEqualTo(200);

            certificates.server("server", "localhost", "good.example");
            Servers.await(() -> tls.names().contains("good.example"));
        }
    }

    @Test
    void aServerDoesNotStartWithoutFilesOfUse() throws Exception {
        var missing = new TlsOptions.Source.Files(directory.resolve("none.pem"), directory.resolve("none.key"));
        assertThatThrownBy(() -> ServerTls.open(TlsOptions.of(missing), InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.pem");
        var expired = certificates.expired("expired", "localhost");
        assertThatThrownBy(() -> ServerTls.open(TlsOptions.of(expired), InstantSource.system()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expired at");
    }

    @Test
    void aClientNeedsACertificateOfTheAuthority() throws Exception {
        String arn = "arn:aws:iam::123456789012:user/alice";
        var peer = new AtomicReference<Peer>();
        Door door = new Door() {
            @Override
            public Answer answer(Request request) {
                peer.set(request.peer());
                return Answer.bare(200);
            }

            @Override
            public Answer refused(Request request, io.gramme.core.error.ApiException refusal) {
                return Answer.bare(400);
            }
        };
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        var strangers = new TestCertificates(elsewhere);
        Path trusted = certificates.authority();
        try (var tls = ServerTls.open(options.withClientAuthorities(trusted), InstantSource.system());
                var server = HttpServer.start(
                        HttpOptions.at("127.0.0.1", 0).with(tls),
                        door,
                        Servers.CLOCK,
                        new java.util.SplittableRandom(1))) {
            SSLContext alice = TestCertificates.trusting(trusted, certificates.client("alice", "alice", arn));
            assertThat(ask(server, alice, "{}").statusCode()).isEqualTo(200);
            assertThat(peer.get().certificate().orElseThrow().commonName()).contains("alice");
            assertThat(peer.get().certificate().orElseThrow().uris()).isEqualTo(List.of(arn));

            assertThatThrownBy(() -> ask(server, TestCertificates.trusting(trusted), "{}"))
                    .isInstanceOf(IOException.class);
            SSLContext stranger = TestCertificates.trusting(trusted, strangers.client("eve", "alice", arn));
            assertThatThrownBy(() -> ask(server, stranger, "{}")).isInstanceOf(IOException.class);
            // A certificate of a server is not one of a client.
            SSLContext wrongUse = TestCertificates.trusting(trusted, certificates.server("misused", "localhost"));
            assertThatThrownBy(() -> ask(server, wrongUse, "{}")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientOfTls12CannotShakeHandsAgain() throws Exception {
        try (var tls = ServerTls.open(options, InstantSource.system());
                var server = serve(tls, Servers.EMPTY_OBJECT);
                var socket = socket(server)) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            socket.startHandshake();
            assertThatThrownBy(() -> {
                        socket.startHandshake();
                        socket.getOutputStream().write(RawClient.post("{}").getBytes(US_ASCII));
                        socket.getInputStream().readAllBytes();
                    })
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aPlainSocketIsNotSecure() throws Exception {
        var source = new AtomicReference<Source>();
        try (var server = Servers.start(call -> {
                    source.set(call.caller().source());
                    return call.body();
                });
                var client = new RawClient(server)) {
            client.ask(RawClient.post("{}"));
            assertThat(source.get().secure()).isFalse();
        }
    }
}
