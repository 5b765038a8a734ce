package io.gramme.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.WireErrors;
import io.gramme.http.HttpOptions.Browsers;
import io.gramme.http.tls.ServerTls;
import io.gramme.http.tls.TestCertificates;
import io.gramme.http.tls.TlsOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door alone, without sockets: which requests it lets through, and what browsers may read. */
class BrowserWallTest {
    private static final HttpOptions LOOPBACK = HttpOptions.at("127.0.0.1", 8000);
    private static final HttpOptions OPEN = HttpOptions.at("0.0.0.0", 8000);

    /** Answers with the headers of CORS as the protocol does. */
    private static final Door INNER = new Door() {
        @Override
        public Answer answer(Request request) {
            var headers = new ArrayList<Answer.Header>();
            if (request.has("Origin")) {
                Cors.expose(headers);
            }
            return new Answer(200, headers, Bytes.EMPTY);
        }

        @Override
        public Answer refused(Request request, ApiException refusal) {
            return new Answer(400, answer(request).headers(), Bytes.EMPTY);
        }
    };

    private static Request request(String method, String... headers) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String header : headers) {
            int colon = header.indexOf(':');
            all.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        return new Request(
                "ID",
                Peer.HERE,
                method,
                "/",
                name -> Optional.ofNullable(all.get(name)).stream().toList(),
                Bytes.EMPTY);
    }

    private static Answer answer(HttpOptions options, String... headers) {
        return new BrowserWall(INNER, options, Authentication.Mode.WARN).answer(request("POST", headers));
    }

    private static Optional<String> header(Answer answer, String name) {
        return answer.headers().stream()
                .filter(header -> header.name().equals(name))
                .map(Answer.Header::value)
                .findFirst();
    }

    private static HttpOptions with(HttpOptions options, List<String> names, List<String> origins) {
        return options.with(new Browsers(names, origins));
    }

    @ParameterizedTest
    @CsvSource({
        // host, on the loopback address, from a browser on any address
        "localhost:8000,             200, 200",
        "LocalHost,                  200, 200",
        "localhost.:8000,            200, 200",
        "app.localhost:8000,         200, 200",
        "127.0.0.1:8000,             200, 200",
        "[::1]:8000,                 200, 200",
        "192.0.2.7:8000,             200, 200",
        "host.docker.internal:8000,  200, 200",
        "gramme:8000,                403, 403",
        "evil.example:8000,          403, 403",
        "127.0.0.1.evil.example,     403, 403",
        "localhost.evil.example,     403, 403",
        "evil.example@localhost,     403, 403",
        "localhost:8000:9000,        403, 403"
    })
    void aHostThatIsNoNameOfThisServerIsRefused(String host, int onLoopback, int fromBrowser) {
        assertThat(answer(LOOPBACK, "Host: " + host).status()).isEqualTo(onLoopback);
        assertThat(answer(OPEN, "Host: " + host, "Sec-Fetch-Site: same-origin").status())
                .isEqualTo(fromBrowser);
        assertThat(answer(OPEN, "Host: " + host, "Origin: http://" + host.toLowerCase(Locale.ROOT))
                        .status())
                .isEqualTo(fromBrowser);
        // Services in a network of containers have names of their own.
        assertThat(answer(OPEN, "Host: " + host).status()).isEqualTo(200);
    }

    @Test
    void aRequestWithoutAHostIsNotOfABrowser() {
        assertThat(answer(LOOPBACK).status()).isEqualTo(200);
    }

    @Test
    void namesThatTheOperatorGivesAreKnown() {
        HttpOptions named = with(LOOPBACK, List.of("DB.example"), List.of());
        assertThat(answer(named, "Host: db.example:8000").status()).isEqualTo(200);
        assertThat(answer(named, "Host: other.example:8000").status()).isEqualTo(403);
    }

    @Test
    void namesOfTheCertificateAreKnown(@TempDir Path directory) throws Exception {
        var files = new TestCertificates(directory).server("server", "db.example", "*.wild.example");
        try (var tls = ServerTls.open(TlsOptions.of(files), InstantSource.system())) {
            HttpOptions secure = LOOPBACK.with(tls);
            assertThat(answer(secure, "Host: db.example:8000").status()).isEqualTo(200);
            assertThat(answer(secure, "Host: a.wild.example").status()).isEqualTo(200);
            assertThat(answer(secure, "Host: a.b.wild.example").status()).isEqualTo(403);
            assertThat(answer(secure, "Host: db.example", "Origin: https://db.example")
                            .status())
                    .isEqualTo(200);
            assertThat(answer(secure, "Host: db.example", "Origin: http://db.example")
                            .status())
                    .as("another scheme is another origin")
                    .isEqualTo(403);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8000,   200",
        "http://localhost:3000,   403",
        "http://tool.example,     200",
        "http://tool.example:80,  403",
        "https://tool.example,    403",
        "https://evil.example,    403",
        "null,                    403",
        "'',                      403"
    })
    void onlyPagesOfAllowedOriginsCall(String origin, int status) {
        for (HttpOptions base : List.of(LOOPBACK, OPEN)) {
            HttpOptions options = with(base, List.of(), List.of("http://tool.example"));
            Answer answer = answer(options, "Host: localhost:8000", "Origin: " + origin);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(header(answer, "Access-Control-Allow-Origin"))
                    .isEqualTo(status == 200 ? Optional.of(origin) : Optional.empty());
            assertThat(header(answer, "Vary").isPresent()).isEqualTo(status == 200);
        }
    }

    @Test
    void whatABrowserSendsWithoutAnOriginIsRefusedIfAnotherSiteMadeItDoSo() {
        assertThat(answer(LOOPBACK, "Host: localhost", "Sec-Fetch-Site: cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(answer(LOOPBACK, "Host: localhost", "Sec-Fetch-Site: none").status())
                .isEqualTo(200);
        // A link to a page of this server.
        Request link = request("GET", "Host: localhost", "Sec-Fetch-Site: cross-site");
        assertThat(new BrowserWall(INNER, LOOPBACK, Authentication.Mode.OFF)
                        .answer(link)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whereSignaturesAreEnforcedPagesOfEveryOriginMayCallAsOnTheService() {
        Answer answer = new BrowserWall(INNER, LOOPBACK, Authentication.Mode.ENFORCE)
                .answer(request("POST", "Host: evil.example", "Origin: https://evil.example"));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(header(answer, "Access-Control-Allow-Origin")).contains("*");
    }

    @Test
    void theRefusalSaysWhatToDoInTheFormOfAnErrorOfTheService() {
        Answer origin = answer(LOOPBACK, "Host: localhost", "Origin: https://evil.example");
        String body = new String(origin.body().shared(), UTF_8);
        assertThat(body)
                .startsWith("{\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":")
                .contains("https://evil.example", "--allow-origin");
        Answer hostile = answer(LOOPBACK, "Host: \"},{");
        assertThat(new String(hostile.body().shared(), UTF_8))
                .doesNotContain("},{")
                .contains("--host-name");
    }

    @Test
    void aRequestThatIsRefusedBeforeItIsWholeIsReadByNoForeignPageEither() {
        var wall = new BrowserWall(INNER, LOOPBACK, Authentication.Mode.OFF);
        Answer answer = wall.refused(
                request("POST", "Host: localhost", "Origin: https://evil.example"), WireErrors.bodyTooLarge());
        assertThat(header(answer, "Access-Control-Allow-Origin")).isEmpty();
    }
}
