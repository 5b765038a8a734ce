package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The example that feeds a search engine, between a real server and an imitation of the engine's {@code _bulk}. */
@Tag("client")
@Timeout(120)
class SearchIndexExampleTest {
    private static final Path INDEXER = Path.of("..", "examples", "search-index", "indexer.py");
    private static final String TABLE = "products";

    @TempDir
    Path directory;

    private final Map<String, JsonNode> documents = new ConcurrentHashMap<>();
    private final Map<String, Long> versions = new ConcurrentHashMap<>();
    private volatile boolean isDown;

    @Test
    void theIndexIsWhatTheTableIs() throws Exception {
        Process indexer = null;
        try (var search = new FakeSite(this::bulk);
                var gramme = GrammeProcess.start(directory.resolve("data"), "--encryption", "off")) {
            indexer = start(search.url());
            URI hook = listening(indexer);
            try (var client = Clients.of(gramme.url())) {
                create(client);
                put(client, "lamp", 3);
                GrammeCommand.run(
                        gramme.url(),
                        "trigger",
                        "create",
                        "--table",
                        TABLE,
                        "--from",
                        "TRIM_HORIZON",
                        "--webhook",
                        hook.toString(),
                        "--parallel",
                        "2",
                        "--report-failures",
                        "--bisect",
                        "--retries",
                        "0",
                        "--on-failure",
                        "file:products.jsonl");
                play(client);
            }
            assertThat(documents.values())
                    .containsExactlyInAnyOrder(document("lamp", 5), document("table", 7), document("after", 1));
            Path letters = directory.resolve("data").resolve("dead-letters").resolve("products.jsonl");
            await(() -> Files.exists(letters));
            assertThat(Files.readAllLines(letters)).singleElement().asString().contains("RetryAttemptsExhausted");
        } finally {
            if (indexer != null) {
                indexer.destroyForcibly();
            }
        }
    }

    private static Process start(URI search) throws IOException {
        var builder = new ProcessBuilder(
                        "python3",
                        INDEXER.toString(),
                        "--index",
                        "products",
                        "--port",
                        "0",
                        "--search",
                        search.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("NO_PROXY", "127.0.0.1");
        return builder.start();
    }

    private void play(DynamoDbClient client) throws InterruptedException {
        put(client, "chair", 4);
        put(client, "poison", -1);
        put(client, "lamp", 5);
        await(() -> prices().containsAll(List.of(4, 5)));
        isDown = true;
        put(client, "table", 7);
        client.deleteItem(request -> request.tableName(TABLE).key(Map.of("id", s("chair"))));
        put(client, "after", 1);
        isDown = false;
        await(() -> prices().containsAll(List.of(1, 5, 7)) && !prices().contains(4));
    }

    /** Equal to any document of the same fields, in whatever order they came. */
    private static JsonNode document(String id, int price) {
        return JsonMapper.shared().createObjectNode().put("id", id).put("price", price);
    }

    private List<Integer> prices() {
        return documents.values().stream()
                .map(document -> document.get("price").asInt())
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(Duration.ofMillis(20));
        }
    }

    private static URI listening(Process indexer) throws Exception {
        BufferedReader out = indexer.inputReader(UTF_8);
        String line = out.readLine();
        assertThat(line).as("Python 3 is needed for this test").isNotNull().startsWith("listening on ");
        return URI.create(line.substring("listening on ".length()));
    }

    private static void create(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id"))
                .streamSpecification(stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
    }

    private static void put(DynamoDbClient client, String id, int price) {
        client.putItem(request -> request.tableName(TABLE).item(Map.of("id", s(id), "price", n(price))));
    }

    /** As OpenSearch's: two lines for what is indexed, one for what is deleted; external versions; a status for each. */
    private FakeSite.Answer bulk(byte[] body) {
        if (isDown) {
            return new FakeSite.Answer(503, "");
        }
        ObjectNode answer = JsonMapper.shared().createObjectNode();
        ArrayNode items = answer.putArray("items");
        Iterator<String> lines = new String(body, UTF_8).lines().iterator();
        while (lines.hasNext()) {
            JsonNode action = JsonMapper.shared().readTree(lines.next());
            boolean index = action.has("index");
            JsonNode about = action.get(index ? "index" : "delete");
            assertThat(about.get("_index").asString()).isEqualTo("products");
            assertThat(about.get("version_type").asString()).isEqualTo("external");
            int status = index
                    ? index(about, JsonMapper.shared().readTree(lines.next()))
                    : delete(about.get("_id").asString());
            items.addObject().putObject(index ? "index" : "delete").put("status", status);
        }
        return new FakeSite.Answer(200, answer.toString());
    }

    private int index(JsonNode about, JsonNode document) {
        String id = about.get("_id").asString();
        if (document.get("price").asInt() < 0) {
            return 400;
        }
        if (versions.getOrDefault(id, 0L) >= about.get("version").asLong()) {
            return 409;
        }
        versions.put(id, about.get("version").asLong());
        documents.put(id, document);
        return 200;
    }

    private int delete(String id) {
        return documents.remove(id) == null ? 404 : 200;
    }
}
