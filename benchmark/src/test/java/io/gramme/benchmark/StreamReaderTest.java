package io.gramme.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Of a stream of one shard, and of its child once the shard has ended. */
@Timeout(30)
class StreamReaderTest {
    private final Deque<String> pages = new ArrayDeque<>();
    private final List<String> shards = new ArrayList<>(List.of("first"));
    private final HttpServer server;

    StreamReaderTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
    }

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            byte[] bytes = body(target.substring(target.indexOf('.') + 1)).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private String body(String action) {
        return switch (action) {
            case "DescribeStream" -> {
                var text = new StringBuilder("{\"StreamDescription\":{\"Shards\":[");
                shards.forEach(
                        shard -> text.append("{\"ShardId\":\"").append(shard).append("\"},"));
                yield text.append("]}}").toString();
            }
            case "GetShardIterator" -> "{\"ShardIterator\":\"some\"}";
            default -> pages.remove();
        };
    }

    /** A page of records, each an item and the number that was put into it. */
    private void page(boolean last, int... itemsAndNumbers) {
        var text = new StringBuilder("{").append(last ? "" : "\"NextShardIterator\":\"some\",");
        text.append("\"Records\":[");
        for (int i = 0; i < itemsAndNumbers.length; i += 2) {
            text.append("{\"dynamodb\":{\"Keys\":{\"p\":{\"S\":\"")
                    .append(NumberedWrites.key(itemsAndNumbers[i]))
                    .append("\"}},\"NewImage\":{\"d\":{\"S\":\"\"},\"n\":{\"N\":\"")
                    .append(itemsAndNumbers[i + 1])
                    .append("\"}},\"OldImage\":{\"n\":{\"N\":\"7\"}}}},");
        }
        pages.add(text.append("]}").toString());
    }

    private void read(int records) throws IOException, InterruptedException {
        var _ = new StreamReader(server.getAddress().getPort(), "stream", records).call();
    }

    @Test
    void itReadsUntilItHasSeenAllThroughTheChildrenOfShards() throws Exception {
        page(false, 1, 1, 2, 1, 1, 2);
        page(false);
        shards.add("child");
        page(true, 1, 3);
        page(false, 2, 2);
        read(5);
    }

    @Test
    void aRecordThatComesTwiceIsFound() {
        page(false, 1, 1, 1, 2);
        page(false, 1, 2);
        assertThatThrownBy(() -> read(3)).hasMessage("item-000001 has 2 behind 2");
    }

    @Test
    void aRecordThatIsLeftOutIsFound() {
        page(false, 1, 1, 1, 3);
        assertThatThrownBy(() -> read(2)).hasMessage("item-000001 has 3 behind 1");
    }
}
