package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.service.AwsService;
import io.gramme.api.service.Document.Structure;
import io.gramme.api.service.Output;
import io.gramme.api.service.ServiceRequest;
import io.gramme.http.Authentication.Mode;
import io.gramme.http.Authentication.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A server that verifies signatures, and what tests ask of it. */
abstract class VerifyingServer {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    static final String INVALID = "InvalidSignatureException";
    static final String INCOMPLETE = "IncompleteSignatureException";
    static final String UNRECOGNIZED = "UnrecognizedClientException";

    static final List<Refusal> REFUSALS = Collections.synchronizedList(new ArrayList<>());

    /** Answers with the account of its caller. */
    static final AwsService WEATHER = new AwsService() {
        @Override
        public Names names() {
            return new Names(
                    "Weather20260101", "2026-01-01", "http://weather.example.com/", "com.example.weather", "weather");
        }

        @Override
        public Structure answer(ServiceRequest request) {
            return new Output().put("Account", request.caller().account()).done();
        }
    };

    static final FixedKeys KEYS = new FixedKeys();
    private static HttpServer server = start(Mode.ENFORCE, Authentication.Rules.DEFAULT);

    @BeforeAll
    static void open() {
        server.close();
        server = start(Mode.ENFORCE, Authentication.Rules.DEFAULT);
    }

    @BeforeEach
    void forget() {
        REFUSALS.clear();
        KEYS.setSecret(FixedKeys.ID, FixedKeys.SECRET);
    }

    static HttpServer start(Mode mode, Authentication.Rules rules) {
        var authentication = new Authentication(mode, KEYS, _ -> Optional.empty(), rules, Servers.CLOCK, REFUSALS::add);
        var endpoint = new Endpoint() {
            @Override
            public byte[] answer(Call call) {
                return ("{\"account\":\"" + call.caller().account() + "\",\"region\":\""
                                + call.caller().region() + "\"}")
                        .getBytes(UTF_8);
            }

            @Override
            public List<AwsService> services() {
                return List.of(WEATHER);
            }

            @Override
            public Authentication authentication() {
                return authentication;
            }
        };
        try {
            return Servers.start(endpoint);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    static void close() {
        server.close();
    }

    RawClient.Reply ask(String request) throws IOException {
        try (var client = new RawClient(server)) {
            RawClient.Reply reply = client.ask(request);
            assertThat(reply.header("Date")).isEqualTo("Fri, 02 Jan 2026 03:04:05 GMT");
            return reply;
        }
    }

    void requireAccepted(String request) throws IOException {
        RawClient.Reply reply = ask(request);
        assertThat(reply.text()).isEqualTo("{\"account\":\"111122223333\",\"region\":\"eu-west-1\"}");
        assertThat(REFUSALS).isEmpty();
    }

    String requireRefused(String request, String type) throws IOException {
        RawClient.Reply reply = ask(request);
        assertThat(reply.status()).isEqualTo(400);
        JsonNode body = JSON.readTree(reply.body());
        assertThat(body.get("__type").stringValue()).isEqualTo("com.amazon.coral.service#" + type);
        assertThat(REFUSALS).hasSize(1);
        assertThat(REFUSALS.getFirst().type().shortName()).isEqualTo(type);
        assertThat(REFUSALS.getFirst().source().address()).isEqualTo("127.0.0.1");
        assertThat(REFUSALS.getFirst().passed()).isFalse();
        return body.get("message").stringValue();
    }

    void requireRefused(String request, String type, String message) throws IOException {
        assertThat(requireRefused(request, type)).isEqualTo(message);
    }

    static SignedPost post() {
        return new SignedPost();
    }
}
