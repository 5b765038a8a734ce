package io.gramme.delivery.trigger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.Client;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The web as triggers see it in a test: it remembers what was posted, and answers what it is told to. */
final class FakeWeb implements Http {
    final List<Post> posts = new ArrayList<>();
    Site site = _ -> ok("");

    record Post(URI url, JsonNode json, int bytes) {
        List<JsonNode> records() {
            var records = new ArrayList<JsonNode>();
            json.get("Records").forEach(records::add);
            return records;
        }

        /** The values of the attribute n, or REMOVE. */
        List<String> numbers() {
            return records().stream()
                    .map(record -> record.at("/dynamodb/NewImage/n/N")
                            .asString(record.get("eventName").asString()))
                    .toList();
        }
    }

    @FunctionalInterface
    interface Site {
        Answer answer(Post post) throws IOException;
    }

    static Answer ok(String body) {
        return answer(200, body);
    }

    static Answer answer(int status, String body) {
        return new Answer(status, "", Bytes.utf8(body));
    }

    @Override
    public synchronized Answer post(URI url, byte[] json, Duration timeout) throws IOException {
        var post = new Post(url, Client.json(new String(json, UTF_8)), json.length);
        posts.add(post);
        return site.answer(post);
    }

    @Override
    public void stop() {}

    /** All numbers that were posted, post by post. */
    List<List<String>> numbers() {
        return posts.stream().map(Post::numbers).toList();
    }
}
