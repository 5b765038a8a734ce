package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * As much of Kinesis as takes PutRecords: it looks at every request as the service does, and takes some of its records in an
 * order of its own, as the service may. One data stream, whose records are kept as they came.
 */
final class FakeKinesis implements AutoCloseable {
    private static final String AUTHORIZATION =
            "AWS4-HMAC-SHA256 Credential=[^/]+/\\d{8}/eu-west-1/kinesis/aws4_request,"
                    + " SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=[0-9a-f]{64}";

    private static final int MOST_RECORDS = 500;
    private static final int MOST_BYTES = 5 << 20;
    private static final int MOST_RECORD_BYTES = 1 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final String streamArn;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SplittableRandom random;
    private final List<String> complaints = new ArrayList<>();
    private final List<JsonNode> records = new ArrayList<>();
    private boolean open;
    private int refusals;

    FakeKinesis(String streamArn, long seed) throws IOException {
        this.streamArn = streamArn;
        this.random = new SplittableRandom(seed);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** From now on records are taken. */
    synchronized void open() {
        open = true;
    }

    /** How many requests found it closed. */
    synchronized int refusals() {
        return refusals;
    }

    /** The data of each record that was taken. */
    synchronized List<JsonNode> records() {
        return List.copyOf(records);
    }

    /** What was wrong with requests. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int status;
            ObjectNode answer;
            synchronized (this) {
                List<String> faults = faults(exchange, body);
                complaints.addAll(faults);
                if (!faults.isEmpty()) {
                    status = 400;
                    answer = error("ValidationException", faults.toString());
                } else if (!open) {
                    refusals++;
                    status = 500;
                    answer = error("InternalFailure", "closed");
                } else if (random.nextInt(10) == 0) {
                    status = 400;
                    answer = error("ProvisionedThroughputExceededException", "all of it");
                } else {
                    status = 200;
                    answer = take(JSON.readTree(body));
                }
            }
            byte[] bytes = JSON.writeValueAsBytes(answer);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static ObjectNode error(String type, String message) {
        return JSON.createObjectNode().put("__type", type).put("message", message);
    }

    private List<String> faults(HttpExchange exchange, byte[] body) {
        var faults = new ArrayList<String>();
        var headers = exchange.getRequestHeaders();
        require(faults, "the method", exchange.getRequestMethod(), "POST");
        require(faults, "the path", exchange.getRequestURI().toString(), "/");
        require(faults, "X-Amz-Target", headers.getFirst("X-Amz-Target"), "Kinesis_20131202\\.PutRecords");
        require(faults, "Content-Type", headers.getFirst("Content-Type"), "application/x-amz-json-1\\.1");
        require(faults, "X-Amz-Date", headers.getFirst("X-Amz-Date"), "\\d{8}T\\d{6}Z");
        require(faults, "Authorization", headers.getFirst("Authorization"), AUTHORIZATION);
        JsonNode request = JSON.readTree(body);
        require(faults, "the members", names(request), "Records,StreamARN,StreamName");
        require(faults, "StreamARN", request.path("StreamARN").asString(""), streamArn);
        require(
                faults,
                "StreamName",
                request.path("StreamName").asString(""),
                streamArn.substring(streamArn.indexOf('/') + 1));
        faults.addAll(faults(request.path("Records")));
        return faults;
    }

    private static List<String> faults(JsonNode records) {
        var faults = new ArrayList<String>();
        int bytes = 0;
        Set<String> keys = new HashSet<>();
        for (JsonNode record : records) {
            require(faults, "the members of a record", names(record), "Data,PartitionKey");
            String key = record.path("PartitionKey").asString("");
            require(faults, "a PartitionKey", key, ".{1,256}");
            int length =
                    Base64.getDecoder().decode(record.path("Data").asString("")).length + key.getBytes(UTF_8).length;
            require(faults, "a record's size", length <= MOST_RECORD_BYTES ? "good" : "" + length, "good");
            bytes += length;
            // No rule of Kinesis, but how order can be kept there.
            require(faults, "two changes of an item", keys.add(key) ? "apart" : "together", "apart");
        }
        require(faults, "the number of records", count(records.size(), MOST_RECORDS), "good");
        require(faults, "the size of all records", count(bytes, MOST_BYTES), "good");
        return faults;
    }

    private static String count(int number, int most) {
        return number >= 1 && number <= most ? "good" : "" + number;
    }

    private static String names(JsonNode object) {
        return object.propertyNames().stream().sorted().collect(Collectors.joining(","));
    }

    private static void require(List<String> faults, String what, String value, String pattern) {
        if (value == null || !value.matches(pattern)) {
            faults.add(what + " is " + value);
        }
    }

    /** All but some, whatever their place. */
    private ObjectNode take(JsonNode request) {
        var results = JSON.createArrayNode();
        int failed = 0;
        for (JsonNode record : request.get("Records")) {
            if (random.nextInt(8) == 0) {
                failed++;
                results.addObject()
                        .put("ErrorCode", "ProvisionedThroughputExceededException")
                        .put("ErrorMessage", "Rate exceeded for shard shardId-000000000001");
            } else {
                records.add(JSON.readTree(
                        Base64.getDecoder().decode(record.get("Data").asString())));
                results.addObject().put("SequenceNumber", "" + records.size()).put("ShardId", "shardId-000000000000");
            }
        }
        ObjectNode answer = JSON.createObjectNode().put("FailedRecordCount", failed);
        answer.set("Records", results);
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
