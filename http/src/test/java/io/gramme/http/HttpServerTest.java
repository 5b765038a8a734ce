package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.http.RawClient.Reply;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as it comes over a socket. */
class HttpServerTest {
    private static final String USUAL = "Content-Type: application/json|X-Amz-Target: DynamoDB_20120810.ListTables|";

    @Test
    void aWholeAnswerLooksLikeTheServices() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            Reply reply = client.ask(RawClient.post("{}"));
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.text()).isEqualTo("{}");
            assertThat(reply.headers())
                    .containsEntry("server", "Server")
                    .containsEntry("date", "Fri, 02 Jan 2026 03:04:05 GMT")
                    .containsEntry("content-type", "application/x-amz-json-1.0")
                    .containsEntry("content-length", "2")
                    .containsEntry("connection", "keep-alive")
                    .containsEntry("x-amz-crc32", "2745614147")
                    .containsOnlyKeys(
                            "server",
                            "date",
                            "content-type",
                            "content-length",
                            "connection",
                            "x-amz-crc32",
                            "x-amzn-requestid");
        }
    }

    @Test
    void theSameHoldsWithoutEpoll() throws Exception {
        try (var server = Servers.start(HttpOptions.at("localhost", 0), Servers.ECHO, Transport.portable());
                var client = new RawClient(server)) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.ask(RawClient.post("{\"i\":" + i + "}")).text())
                        .isEqualTo("{\"i\":" + i + "}");
            }
            client.send(RawClient.post("{\"last\":1}"));
            client.socket.shutdownOutput();
            assertThat(client.reply().text()).isEqualTo("{\"last\":1}");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void aConnectionServesOneRequestAfterAnother() throws Exception {
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            for (int i = 0; i < 100; i++) {
                assertThat(client.ask(RawClient.post("{\"i\":" + i + "}")).text())
                        .isEqualTo("{\"i\":" + i + "}");
            }
            assertThat(server.load().connections()).isEqualTo(1);
        }
    }

    @Test
    void aHundredRequestsInOnePacketAreAnsweredInOrderAndOneAtATime() throws Exception {
        var inHand = new AtomicInteger();
        var most = new AtomicInteger();
        Endpoint endpoint = call -> {
            most.accumulateAndGet(inHand.incrementAndGet(), Math::max);
            Thread.sleep(1);
            inHand.decrementAndGet();
            return call.body();
        };
        try (var server = Servers.start(endpoint);
                var client = new RawClient(server)) {
            var all = new StringBuilder();
            for (int i = 0; i < 100; i++) {
                all.append(RawClient.post("{\"i\":" + i + "}"));
            }
            client.send(all.toString());
            for (int i = 0; i < 100; i++) {
                assertThat(client.reply().text()).isEqualTo("{\"i\":" + i + "}");
            }
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void manyPipelinedRefusalsDoNotExhaustTheStack() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("GET / HTTP/1.1\r\n\r\n".repeat(3000));
            for (int i = 0; i < 3000; i++) {
                assertThat(client.reply().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRequestMayComeByteByByte() throws Exception {
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            for (byte b : RawClient.post("{\"a\":\"é\"}").getBytes(UTF_8)) {
                client.send(new byte[] {b});
            }
            assertThat(client.reply().text()).isEqualTo("{\"a\":\"é\"}");
        }
    }

    @Test
    void aBodyMayComeInChunks() throws Exception {
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            String head = "POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Transfer-Encoding: chunked\r\n\r\n";
            assertThat(client.ask(head + "3\r\n{\"a\r\n5;x=y\r\n\":1} \r\n0\r\n\r\n")
                            .text())
                    .isEqualTo("{\"a\":1} ");
            assertThat(client.ask(head + "2\r\n{}\r\n0\r\nTrailer: 1\r\n\r\n").text())
                    .isEqualTo("{}");
        }
    }

    @Test
    void aLargeBodyComesWhole() throws Exception {
        String body = "{\"a\":\"" + "0123456789".repeat(1_600_000) + "\"}";
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            assertThat(client.ask(RawClient.post(body)).text()).isEqualTo(body);
            assertThat(client.ask(RawClient.post("{}")).text()).isEqualTo("{}");
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    @Test
    void aClientThatAsksBeforeItSendsIsTold() throws Exception {
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES
                    + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(100);
            assertThat(client.ask("{}").text()).isEqualTo("{}");
        }
    }

    @Test
    void aClientThatAsksForTooMuchIsToldThatInstead() throws Exception {
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES
                    + "Content-Length: 16777217\r\nExpect: 100-continue\r\n\r\n");
            assertThat(client.reply().status()).isEqualTo(413);
        }
    }

    @Test
    void aBodyOfSixteenMegabytesIsServedAndOneByteMoreIsNot() throws Exception {
        byte[] body = new byte[16 << 20];
        java.util.Arrays.fill(body, (byte) ' ');
        String head = "POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Length: ";
        try (var server = Servers.start(Servers.EMPTY_OBJECT)) {
            try (var client = new RawClient(server)) {
                client.send(head + body.length + "\r\n\r\n").send(body);
                assertThat(client.reply().status()).isEqualTo(200);
            }
            try (var client = new RawClient(server)) {
                client.send(head + (body.length + 1) + "\r\n\r\n");
                sendAsFarAsItGoes(client, body);
                Reply reply = client.reply();
                assertThat(reply.status()).isEqualTo(413);
                assertThat(reply.header("Connection")).isEqualTo("close");
            }
        }
    }

    @Test
    void aBodyThatGrowsTooLargeInChunksIsRefused() throws Exception {
        byte[] piece = new byte[1 << 20];
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Transfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 17; i++) {
                sendAsFarAsItGoes(client, "100000\r\n".getBytes(UTF_8));
                sendAsFarAsItGoes(client, piece);
                sendAsFarAsItGoes(client, "\r\n".getBytes(UTF_8));
            }
            assertThat(client.reply().status()).isEqualTo(413);
            client.socket.shutdownOutput();
            assertThat(client.isClosedByServer()).isTrue();
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    /** The server may have closed already: what counts is what it said. */
    private static void sendAsFarAsItGoes(RawClient client, byte[] bytes) {
        try {
            client.send(bytes);
        } catch (IOException _) {
            // Then there is an answer to read.
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\n{}",
                "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: identity\r\n\r\n{}",
                "POST / HTTP/1.1\nContent-Length: 2\n\n{}",
                "POST / HTTP/1.1\r\nX-Amz-Target:\r\n DynamoDB_20120810.ListTables\r\n\r\n",
                "POST / HTTP/1.1\r\nBad Header\r\n\r\n",
                "POST / HTTP/1.1\r\nX\u0000Y: 1\r\n\r\n"
            })
    void whatIsNotHttpIsRefusedAndTheConnectionEnds(String garbage) throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            Reply reply = client.ask(garbage);
            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.header("Connection")).isEqualTo("close");
            client.socket.shutdownOutput();
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Header names in either case; what stands around values.
                "content-type: application/x-amz-json-1.0|x-amz-target: DynamoDB_20120810.ListTables|",
                "CONTENT-TYPE:APPLICATION/X-AMZ-JSON-1.0|X-AMZ-TARGET:\tDynamoDB_20120810.ListTables  |",
                // An offer to speak another protocol, and expectations that are none of ours.
                USUAL + "Connection: Upgrade, HTTP2-Settings|Upgrade: h2c|HTTP2-Settings: AAMAAABk|",
                USUAL + "Expect: a-miracle|",
                USUAL + "TE: trailers|"
            })
    void headersThatAreUnusualChangeNothing(String headers) throws Exception {
        String request = "POST / HTTP/1.1\r\n" + headers.replace("|", "\r\n") + RawClient.CREDENTIALS
                + "Content-Length: 2\r\n\r\n{}";
        try (var server = Servers.start(Servers.ECHO);
                var client = new RawClient(server)) {
            for (int i = 0; i < 2; i++) {
                Reply reply = client.ask(request);
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.text()).isEqualTo("{}");
            }
        }
    }

    @Test
    void aRequestWithoutALengthHasNoBody() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\nContent-Type: application/json\r\n\r\n");
            // Refused as what it is, and the next request begins right behind it.
            assertThat(client.reply().text())
                    .startsWith("{\"__type\":\"com.amazon.coral.service#MissingAuthenticationTokenException\"");
            assertThat(client.ask(RawClient.post("{}")).status()).isEqualTo(200);
        }
    }

    @Test
    void anotherHttpIsRefused() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            assertThat(client.ask("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").status()).isEqualTo(505);
        }
    }

    @Test
    void headersAreBounded() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT)) {
            try (var client = new RawClient(server)) {
                assertThat(client.ask("GET / HTTP/1.1\r\nX: " + "x".repeat(20_000) + "\r\n\r\n")
                                .status())
                        .isEqualTo(200);
            }
            try (var client = new RawClient(server)) {
                assertThat(client.ask("GET / HTTP/1.1\r\nX: " + "x".repeat(40_000) + "\r\n\r\n")
                                .status())
                        .isEqualTo(431);
            }
            try (var client = new RawClient(server)) {
                assertThat(client.ask("GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n")
                                .status())
                        .isEqualTo(414);
            }
        }
    }

    @Test
    void aTruncatedBodyIsNoRequest() throws Exception {
        var calls = new AtomicInteger();
        Endpoint counting = _ -> {
            calls.incrementAndGet();
            return new byte[0];
        };
        try (var server = Servers.start(counting);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Length: 10\r\n\r\n{}");
            client.socket.shutdownOutput();
            assertThat(client.isClosedByServer()).isTrue();
        }
        assertThat(calls).hasValue(0);
    }

    @Test
    void aClientThatEndsItsSideStillGetsItsAnswers() throws Exception {
        Endpoint slow = call -> {
            Thread.sleep(100);
            return call.body();
        };
        try (var server = Servers.start(slow);
                var client = new RawClient(server)) {
            client.send(RawClient.post("{\"i\":1}") + RawClient.post("{\"i\":2}"));
            client.socket.shutdownOutput();
            assertThat(client.reply().text()).isEqualTo("{\"i\":1}");
            assertThat(client.reply().text()).isEqualTo("{\"i\":2}");
            assertThat(client.isClosedByServer()).isTrue();
        }
    }

    @Test
    void headIsAnsweredWithoutABody() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            Reply reply = client.send("HEAD / HTTP/1.1\r\n\r\n").head();
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Length")).isEqualTo("42");
            // Nothing lies between the two answers.
            assertThat(client.ask("GET / HTTP/1.1\r\n\r\n").text())
                    .isEqualTo("healthy: dynamodb.us-east-1.amazonaws.com ");
        }
    }

    @Test
    void anOldClientsConnectionEndsUnlessItAsksOtherwise() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT)) {
            try (var client = new RawClient(server)) {
                assertThat(client.ask("GET / HTTP/1.0\r\n\r\n").header("Connection"))
                        .isEqualTo("close");
                assertThat(client.isClosedByServer()).isTrue();
            }
            try (var client = new RawClient(server)) {
                client.ask("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
                assertThat(client.ask("GET / HTTP/1.1\r\nConnection: close\r\n\r\n")
                                .status())
                        .isEqualTo(200);
                assertThat(client.isClosedByServer()).isTrue();
            }
        }
    }

    @Test
    void aFaultOfOursLeavesTheConnectionAlive() throws Exception {
        Endpoint broken = call -> {
            if (call.body().length > 2) {
                throw new StackOverflowError();
            }
            return call.body();
        };
        try (var server = Servers.start(broken);
                var client = new RawClient(server)) {
            Reply reply = client.ask(RawClient.post("{\"a\":1}"));
            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.text()).contains("#InternalServerError");
            assertThat(client.ask(RawClient.post("{}")).status()).isEqualTo(200);
        }
    }

    @Test
    void aCompressedBodyThatGrowsTooLargeLeavesTheConnectionAlive() throws Exception {
        byte[] bomb = ContentCoding.GZIP.encode(new byte[64 << 20]);
        try (var server = Servers.start(Servers.EMPTY_OBJECT);
                var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\n" + RawClient.LIST_TABLES + "Content-Encoding: gzip\r\nContent-Length: "
                    + bomb.length + "\r\n\r\n");
            client.send(bomb);
            assertThat(client.reply().status()).isEqualTo(413);
            assertThat(client.ask(RawClient.post("{}")).status()).isEqualTo(200);
            Servers.await(() -> server.load().bodyBytes() == 0);
        }
    }

    @Test
    void aPortInUseIsAnErrorThatNamesIt() throws Exception {
        try (var server = Servers.start(Servers.EMPTY_OBJECT)) {
            int port = server.address().getPort();
            assertThatThrownBy(() -> Servers.start(HttpOptions.at("127.0.0.1", port), Servers.EMPTY_OBJECT))
                    .isInstanceOf(IOException.class)
                    .hasMessage("cannot listen on 127.0.0.1:" + port + ": Address already in use");
        }
    }

    @Test
    void aHostThatIsNoneIsAnErrorThatNamesIt() {
        assertThatThrownBy(() -> Servers.start(HttpOptions.at("no-such-host.invalid", 0), Servers.EMPTY_OBJECT))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no-such-host.invalid");
    }
}
