package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.gramme.acceptance.HostileRequests.Form;
import io.gramme.acceptance.HostileRequests.Hostile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Whatever is sent is refused in good time, as the client's fault, and harms nobody else. For longer than a few seconds:
 * {@code -Dgramme.hostile.requests=1000000 -Dgramme.hostile.seed=1}.
 */
@Tag("slow")
class HostileInputTest {
    private static final int REQUESTS = Integer.getInteger("gramme.hostile.requests", 3_000);
    private static final long SEED = Long.getLong("gramme.hostile.seed", 20_260_101L);
    private static final int PATIENCE_MILLIS = 15_000;
    private static final int BETWEEN_CHECKS = 250;
    private static final long MAX_RESIDENT_KILOBYTES = 1_200_000;
    private static final Map<String, AttributeValue> CANARY = Map.of("id", AttributeValue.fromS("canary"));

    @TempDir
    Path directory;

    @Test
    void noRequestIsAnsweredAsOurFaultOrNotAtAll() throws Exception {
        var requests = new HostileRequests(new SplittableRandom(SEED));
        try (var gramme = GrammeProcess.start(directory.resolve("data"));
                var bystander = Clients.of(gramme.url(), "222222222222", Region.EU_WEST_1)) {
            prepare(bystander);
            for (int i = 0; i < REQUESTS; i++) {
                Hostile request = requests.next();
                String name = "request %d of seed %d: %s".formatted(i, SEED, request.what());
                List<Integer> statuses = send(gramme.url(), request, name);
                assertThat(statuses).as(name).allMatch(status -> status >= 200 && status < 500);
                if (request.form() == Form.HTTP) {
                    assertThat(statuses).as(name).hasSize(1);
                }
                if (i % BETWEEN_CHECKS == 0) {
                    checkNothingIsHarmed(name, gramme, bystander);
                }
            }
            checkNothingIsHarmed("after all of seed " + SEED, gramme, bystander);
        }
    }

    private static void prepare(DynamoDbClient bystander) {
        bystander.createTable(request -> request.tableName("bystander")
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id")));
        bystander.waiter().waitUntilTableExists(request -> request.tableName("bystander"));
        bystander.putItem(request -> request.tableName("bystander").item(CANARY));
    }

    private static void checkNothingIsHarmed(String when, GrammeProcess gramme, DynamoDbClient bystander)
            throws IOException {
        assertThat(gramme.isAlive()).as(when).isTrue();
        assertThat(bystander.scan(request -> request.tableName("bystander")).items())
                .as(when)
                .containsExactly(CANARY);
        assertThat(gramme.mostResidentKilobytes().orElse(0)).as(when).isLessThan(MAX_RESIDENT_KILOBYTES);
    }

    /** The status of each answer until the server closes the connection, which it must do. */
    static List<Integer> send(URI url, Hostile request, String name) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()));
            try {
                socket.getOutputStream().write(request.bytes());
                if (request.form() == Form.HALF) {
                    socket.shutdownOutput();
                }
                return statuses(socket);
            } catch (SocketTimeoutException e) {
                return fail(name + " was not answered in time", e);
            } catch (SocketException e) {
                return List.of(); // Closed while we were still sending: that is an answer, too.
            }
        }
    }

    private static List<Integer> statuses(Socket socket) throws IOException {
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        List<Integer> statuses = new ArrayList<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("HTTP/1.")) {
                statuses.add(Integer.valueOf(line.substring(9, 12)));
            }
        }
        return statuses;
    }
}
