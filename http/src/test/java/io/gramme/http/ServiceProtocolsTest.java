package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document;
import io.gramme.api.service.Document.Structure;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceException;
import io.gramme.api.service.ServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.dataformat.cbor.CBORFactory;

/** A service beside DynamoDB, in each of AWS's general protocols. */
class ServiceProtocolsTest {
    private static final CBORFactory CBOR = new CBORFactory();
    private static final Structure OUTPUT = new Output()
            .put("Name", "a<b>&\u0001é")
            .put("Time", Instant.parse("2026-11-30T10:00:00Z"))
            .put("Numbers", List.of(new Document.Real(1.5), new Document.Whole(2)))
            .put("Map", new Document.Dictionary(Map.of("p99", new Document.Real(0.25))))
            .put("Flag", new Document.Flag(true))
            .done();

    private final List<ServiceRequest> requests = new ArrayList<>();
    private HttpServer server;

    /** Keeps its requests; the operation says what becomes of them. */
    private final AwsService service = new AwsService() {
        @Override
        public Names names() {
            return new Names(
                    "Weather20260101", "2026-01-01", "http://weather.example.com/", "com.example.weather", "weather");
        }

        @Override
        public Structure answer(ServiceRequest request) {
            requests.add(request);
            return switch (request.operation()) {
                case "Ask" -> OUTPUT;
                case "Break" -> throw new IllegalStateException("broken");
                default -> throw new ServiceException("RainException", "Rain", 400, "It rains <hard>.");
            };
        }
    };

    @BeforeEach
    void start() throws IOException {
        server = Servers.start(new Endpoint() {
            @Override
            public byte[] answer(Call call) {
                return "{}".getBytes(UTF_8);
            }

            @Override
            public List<AwsService> services() {
                return List.of(service);
            }
        });
    }

    @AfterEach
    void close() {
        server.close();
    }

    private RawClient.Reply ask(String path, String headers, byte[] body) throws IOException {
        try (var client = new RawClient(server)) {
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + RawClient.CREDENTIALS + headers
                    + "Content-Length: " + body.length + "\r\n\r\n");
            return client.send(body).reply();
        }
    }

    private RawClient.Reply cbor(String operation, byte[] body) throws IOException {
        return ask(
                "/service/Weather20260101/operation/" + operation,
                "smithy-protocol: rpc-v2-cbor\r\nContent-Type: application/cbor\r\n",
                body);
    }

    private RawClient.Reply json(String operation, String body) throws IOException {
        return ask(
                "/",
                "Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: Weather20260101." + operation + "\r\n",
                body.getBytes(UTF_8));
    }

    private RawClient.Reply query(String form) throws IOException {
        return ask("/", "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\n", form.getBytes(UTF_8));
    }

    private static Structure decoded(byte[] cbor) {
        return DocumentReader.read(CBOR.createParser(ObjectReadContext.empty(), cbor));
    }

    private Structure input() {
        return requests.getLast().input().structure();
    }

    @Test
    void aServiceSpeaksCbor() throws IOException {
        var out = new ByteArrayOutputStream();
        try (JsonGenerator tokens = CBOR.createGenerator(ObjectWriteContext.empty(), out)) {
            new DocumentWriter(tokens, () -> {}).write(OUTPUT);
        }
        RawClient.Reply reply = cbor("Ask", out.toByteArray());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/cbor");
        assertThat(reply.header("smithy-protocol")).isEqualTo("rpc-v2-cbor");
        assertThat(reply.header("x-amzn-RequestId")).isNotEmpty();
        assertThat(requests.getLast().operation()).isEqualTo("Ask");
        assertThat(requests.getLast().caller().region()).isEqualTo("eu-west-1");
        assertThat(input().members())
                .containsEntry("Flag", new Document.Flag(true))
                .hasSize(5);
        assertThat(requests.getLast().input().time("Time")).contains(Instant.parse("2026-11-30T10:00:00Z"));
        assertThat(decoded(reply.body()).members()).containsEntry("Name", new Document.Text("a<b>&\u0001é"));
        // The tag of a time (1) before it.
        assertThat(new String(reply.body(), ISO_8859_1)).contains("Time\u00c1");
    }

    @Test
    void anErrorInCborHasBothNames() throws IOException {
        RawClient.Reply reply = cbor("Other", new byte[0]);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("x-amzn-query-error")).isEqualTo("Rain;Sender");
        assertThat(decoded(reply.body()).members())
                .containsEntry("__type", new Document.Text("com.example.weather#RainException"))
                .containsEntry("message", new Document.Text("It rains <hard>."));
    }

    @Test
    void aServiceSpeaksJson() throws IOException {
        RawClient.Reply reply =
                json("Ask", "{\"Text\":\"t\",\"Whole\":12,\"Real\":1.5,\"None\":null,\"List\":[{\"A\":false}]}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("application/x-amz-json-1.0");
        assertThat(reply.text())
                .contains("\"Time\":1796032800,\"Numbers\":[1.5,2],\"Map\":{\"p99\":0.25},\"Flag\":true");
        assertThat(input().members()).containsOnlyKeys("Text", "Whole", "Real", "List");
        assertThat(json("Other", "{}").text())
                .isEqualTo("{\"__type\":\"com.example.weather#RainException\",\"message\":\"It rains <hard>.\"}");
    }

    @Test
    void aServiceSpeaksQuery() throws IOException {
        RawClient.Reply reply =
                query("Action=Ask&Version=2026-01-01&Text=a+b%26c&Number=12&Time=2026-11-30T10%3A00%3A00Z"
                        + "&List.member.2=second&List.member.1=first&Deep.member.1.Inner.Name=x&Empty=");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo("text/xml");
        assertThat(reply.text())
                .contains("<AskResponse xmlns=\"http://weather.example.com/\"><AskResult>")
                .contains("<Name>a&lt;b&gt;&amp;\ufffdé</Name><Time>2026-11-30T10:00:00Z</Time>")
                .contains("<Numbers><member>1.5</member><member>2</member></Numbers>")
                .contains("<Map><entry><key>p99</key><value>0.25</value></entry></Map><Flag>true</Flag>")
                .contains("</AskResult><ResponseMetadata><RequestId>" + reply.header("x-amzn-RequestId"));
        var input = requests.getLast().input();
        assertThat(input.text("Text")).contains("a b&c");
        assertThat(input.whole("Number")).hasValue(12);
        assertThat(input.time("Time")).contains(Instant.parse("2026-11-30T10:00:00Z"));
        assertThat(input.texts("List")).containsExactly("first", "second");
        assertThat(input.texts("Empty")).isEmpty();
        assertThat(input.structures("Deep")
                        .getFirst()
                        .structure("Inner")
                        .orElseThrow()
                        .text("Name"))
                .contains("x");
        RawClient.Reply refused = query("Action=Other&Version=2026-01-01");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.text())
                .contains(
                        "<ErrorResponse xmlns=\"http://weather.example.com/\"><Error><Type>Sender</Type><Code>Rain</Code>"
                                + "<Message>It rains &lt;hard&gt;.</Message></Error>");
    }

    @Test
    void hostileBodiesAreRefused() throws IOException {
        assertThat(json("Ask", "{\"a\":" + "[".repeat(1_000)).status()).isEqualTo(400);
        assertThat(json("Ask", "[1]").status()).isEqualTo(400);
        assertThat(json("Ask", "{} {}").status()).isEqualTo(400);
        assertThat(json("Ask", "{\"a\":[null]}").status()).isEqualTo(400);
        assertThat(json("Ask", "{\"a\":1" + "0".repeat(50) + "}").status()).isEqualTo(400);
        assertThat(json("Ask", "{\"a\":[" + "1,".repeat(DocumentReader.MAX_VALUES) + "1]}")
                        .status())
                .isEqualTo(400);
        assertThat(cbor("Ask", new byte[] {(byte) 0xbf, 0x61}).status()).isEqualTo(400);
        assertThat(cbor("Ask", new byte[] {(byte) 0xa1, 0x61, 'a', 0x5b, 0x7f, 0, 0, 0, 0, 0, 0, 0})
                        .status())
                .isEqualTo(400);
        assertThat(cbor("Ask", new byte[] {(byte) 0xa1, 0x61, 'a', 0x41, 'b'}).status())
                .isEqualTo(400);
        String query = "Action=Ask&Version=2026-01-01&";
        assertThat(query(query + "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r=1").status())
                .isEqualTo(400);
        assertThat(query(query + "a.member.x=1").status()).isEqualTo(400);
        assertThat(query(query + "a.member.99999999999=1").status()).isEqualTo(400);
        assertThat(query(query + "a.entry.1.key=1").status()).isEqualTo(400);
        assertThat(requests).isEmpty();
        byte[] large = new byte[ServiceProtocols.MAX_BODY + 1];
        assertThat(cbor("Ask", large).status()).isEqualTo(413);
    }

    @Test
    void aCompressedBodyIsReadWithinTheSameBounds() throws IOException {
        String headers =
                "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: Weather20260101.Ask\r\nContent-Encoding: gzip\r\n";
        assertThat(ask("/", headers, gzip("{\"A\":1}".getBytes(UTF_8))).status())
                .isEqualTo(200);
        assertThat(input().members()).containsEntry("A", new Document.Whole(1));
        byte[] large = new byte[ServiceProtocols.MAX_BODY + 1];
        new Random(1).nextBytes(large);
        assertThat(ask("/", headers, gzip(large)).status()).isEqualTo(413);
        // What grows too much while it is decompressed is refused for that.
        assertThat(ask("/", headers, gzip(new byte[ServiceProtocols.MAX_BODY + 1]))
                        .status())
                .isEqualTo(400);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void aFaultIsAnInternalError() throws IOException {
        assertThat(query("Action=Break&Version=2026-01-01").text())
                .contains("<Type>Receiver</Type><Code>InternalServiceError</Code>");
        assertThat(json("Break", "{}").status()).isEqualTo(500);
    }

    @Test
    void aRequestWithoutCredentialsIsRefusedInTheWordsOfItsProtocol() throws IOException {
        String body = "Action=Ask&Version=2026-01-01";
        try (var client = new RawClient(server)) {
            RawClient.Reply reply = client.ask("POST / HTTP/1.1\r\nHost: localhost\r\n"
                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " + body.length() + "\r\n\r\n"
                    + body);
            assertThat(reply.status()).isEqualTo(403);
            assertThat(reply.text()).contains("<Code>MissingAuthenticationToken</Code>");
        }
    }

    @Test
    void requestsForNoServiceAreForDynamoDb() throws IOException {
        assertThat(query("Action=Ask&Version=2000-01-01").status()).isEqualTo(404);
        assertThat(query("Action=%zz").status()).isEqualTo(404);
        assertThat(ask("/service/Other/operation/Ask", "Content-Type: application/cbor\r\n", new byte[0])
                        .status())
                .isEqualTo(404);
        try (var client = new RawClient(server)) {
            assertThat(client.ask(RawClient.post("{}")).text()).isEqualTo("{}");
        }
        assertThat(requests).isEmpty();
    }

    @Test
    void aFormIsParsedForAKnownCallerAlone() throws IOException {
        String broken = "Action=Ask&Version=2026-01-01&Name=%zz";
        assertThat(query(broken).text()).contains("malformed escape");
        try (var client = new RawClient(server)) {
            client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                    + "Content-Length: " + broken.length() + "\r\n\r\n");
            assertThat(client.send(broken.getBytes(UTF_8)).reply().text()).contains("MissingAuthenticationToken");
        }
        assertThat(requests).isEmpty();
    }
}
