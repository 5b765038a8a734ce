package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** What stands on the wire, without an SDK to smooth it over: the exchanges of {@code exchanges.txt}, one after another. */
@Timeout(60)
class WireFormatTest {
    private static final List<String> TYPES = List.of("application/x-amz-json-1.0", "application/json");

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    @AutoClose
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What answers have told, for later requests. */
    private static final Map<String, String> KNOWN = new HashMap<>();

    private static HttpRequest request(Exchange exchange, String type) {
        return HttpRequest.newBuilder(URI.create(GRAMME.url() + "/"))
                .header("Content-Type", type)
                .header("X-Amz-Target", WellFormed.target(exchange.operation()))
                .header("X-Amz-Date", "20260101T000000Z")
                .header(
                        "Authorization",
                        "AWS4-HMAC-SHA256 Credential=111111111111/20260101/eu-west-1/dynamodb/aws4_request,"
                                + " SignedHeaders=host, Signature=0")
                .POST(BodyPublishers.ofString(exchange.request(KNOWN), UTF_8))
                .build();
    }

    @TestFactory
    Stream<DynamicTest> anAnswerIsWhatTheServiceWouldSend() {
        List<Exchange> exchanges = Exchange.all();
        return Stream.iterate(0, i -> i < exchanges.size(), i -> i + 1).map(i -> {
            Exchange exchange = exchanges.get(i);
            String name = "%d: %s %s".formatted(i, exchange.operation(), exchange.status());
            return DynamicTest.dynamicTest(name, () -> check(exchange, TYPES.get(i % TYPES.size())));
        });
    }

    private static void check(Exchange exchange, String type) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = CLIENT.send(request(exchange, type), BodyHandlers.ofByteArray());
        String body = new String(response.body(), UTF_8);
        assertThat(body)
                .as(exchange.operation() + " " + exchange.request(KNOWN))
                .matches(exchange.expected());
        KNOWN.putAll(exchange.told(body));
        assertThat(response.statusCode()).as(body).isEqualTo(exchange.status());
        checkHeaders(response.headers(), type, response.body());
    }

    private static void checkHeaders(HttpHeaders headers, String type, byte... body) {
        var checksum = new CRC32();
        checksum.update(body);
        assertThat(headers.map().keySet())
                .usingElementComparator(String::compareToIgnoreCase)
                .containsExactlyInAnyOrder(
                        "Server",
                        "Date",
                        "Content-Type",
                        "Content-Length",
                        "Connection",
                        "x-amzn-RequestId",
                        "x-amz-crc32");
        assertThat(headers.firstValue("Server")).hasValue("Server");
        assertThat(headers.firstValue("Content-Type")).hasValue(type);
        assertThat(headers.firstValueAsLong("Content-Length")).hasValue(body.length);
        assertThat(headers.firstValue("Connection")).hasValue("keep-alive");
        assertThat(headers.firstValue("x-amzn-RequestId")).get().asString().matches("[0-9A-Z]{52}");
        assertThat(headers.firstValueAsLong("x-amz-crc32")).hasValue(checksum.getValue());
    }

    @Test
    void everyOperationHasAGoodAndABadExchange() {
        Set<String> served =
                WellFormed.ALL.stream().map(WellFormed::operation).collect(Collectors.toCollection(TreeSet::new));
        // It has no members that could be wrong, and looks at nothing.
        Set<String> withoutFailure = Set.of("DescribeEndpoints");
        for (String operation : served) {
            List<Integer> statuses = Exchange.all().stream()
                    .filter(exchange -> exchange.operation().equals(operation))
                    .map(Exchange::status)
                    .toList();
            assertThat(statuses).as(operation).contains(200);
            if (!withoutFailure.contains(operation)) {
                assertThat(statuses).as(operation).contains(400);
            }
        }
    }
}
