package io.gramme.server.operation;

import io.gramme.server.Client;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Reads the numbers of items from a stream as clients do: a shard only when its parent has been read to its end. For one
 * thread.
 */
final class ShardReader {
    private final Client client;
    private final String arn;
    private final Map<String, List<Integer>> seen = new HashMap<>();
    private final Map<String, Optional<String>> iterators = new HashMap<>();
    private final Set<String> known = new HashSet<>();

    ShardReader(Client client, String arn) {
        this.client = client;
        this.arn = arn;
    }

    /** The numbers that each item had, in the order in which they were read. */
    Map<String, List<Integer>> seen() {
        return seen;
    }

    /** Reads what there is in every shard that may be read. */
    void readOn() {
        List<JsonNode> shards = shards(client, arn);
        shards.forEach(shard -> known.add(id(shard)));
        for (JsonNode shard : shards) {
            String parent = shard.path("ParentShardId").asString("");
            boolean mayRead = !known.contains(parent)
                    || iterators.getOrDefault(parent, Optional.of("")).isEmpty();
            if (mayRead) {
                read(id(shard));
            }
        }
    }

    private void read(String shard) {
        Optional<String> iterator = iterators.computeIfAbsent(shard, _ -> Optional.of(begin(shard)));
        boolean empty = false;
        while (iterator.isPresent() && !empty) {
            JsonNode page = client.callStreams("GetRecords", "{ShardIterator: '" + iterator.get() + "'}");
            page.get("Records")
                    .forEach(record -> seen.computeIfAbsent(
                                    record.at("/dynamodb/Keys/pk/S").asString(), _ -> new ArrayList<>())
                            .add(record.at("/dynamodb/NewImage/n/N").asInt()));
            empty = page.get("Records").isEmpty();
            iterator = Optional.ofNullable(page.get("NextShardIterator")).map(JsonNode::asString);
            iterators.put(shard, iterator);
        }
    }

    private String begin(String shard) {
        return client.callStreams(
                        "GetShardIterator",
                        "{StreamArn: '" + arn + "', ShardId: '" + shard + "', ShardIteratorType: 'TRIM_HORIZON'}")
                .get("ShardIterator")
                .asString();
    }

    static List<JsonNode> shards(Client client, String arn) {
        var shards = new ArrayList<JsonNode>();
        client.callStreams("DescribeStream", "{StreamArn: '" + arn + "'}")
                .at("/StreamDescription/Shards")
                .forEach(shards::add);
        return shards;
    }

    static String id(JsonNode shard) {
        return shard.get("ShardId").asString();
    }
}
