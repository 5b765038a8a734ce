package io.gramme.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.Answer;
import io.gramme.consistency.workload.Crowd;
import io.gramme.consistency.workload.Database;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Items that are counted up one by one, each by a client of its own, and the stream that has to say so: each count of each
 * item once, in order, as far as it was acknowledged, and at most one further.
 */
final class CountedChanges {
    private final Database database;
    private final String table;
    private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();

    CountedChanges(Database database, String table) {
        this.database = database;
        this.table = table;
        database.createTable(
                table,
                "{TableName: '" + table + "', BillingMode: 'PAY_PER_REQUEST',"
                        + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_IMAGE'},"
                        + "AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}");
    }

    void join(Crowd crowd, int clients) {
        for (int i = 0; i < clients; i++) {
            String id = "item" + i;
            var count = new AtomicInteger();
            acknowledged.put(id, count);
            crowd.add(() -> step(id, count));
        }
    }

    /** Until it is known to be done: a condition that fails says that a request without an answer was done. */
    private void step(String id, AtomicInteger count) {
        int next = count.get() + 1;
        String condition = next == 1
                ? "ConditionExpression: 'attribute_not_exists(id)'"
                : "ConditionExpression: 'n = :before', ExpressionAttributeValues: {':before': {N: '" + (next - 1)
                        + "'}}";
        Answer answer = database.call(
                "PutItem",
                "{TableName: '" + table + "', Item: {id: {S: '" + id + "'}, n: {N: '" + next + "'}}," + condition
                        + "}");
        boolean isDone = answer instanceof Answer.Done;
        boolean wasDone = answer instanceof Answer.Refused refused && refused.isFailedCondition();
        if (isDone || wasDone) {
            count.set(next);
        }
    }

    int settled() {
        return acknowledged.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** Once the clients have ended. */
    void check(URI url) throws InterruptedException {
        var told = new HashMap<String, List<Integer>>();
        try (var streams = Clients.streamsOf(url)) {
            String arn = streams.listStreams(request -> request.tableName(table))
                    .streams()
                    .getFirst()
                    .streamArn();
            long deadline = System.nanoTime() + 60_000_000_000L;
            while (true) {
                told.clear();
                read(streams, arn, told);
                if (isComplete(told) || System.nanoTime() > deadline) {
                    break;
                }
                Thread.sleep(500);
            }
        }
        acknowledged.forEach((id, count) -> {
            List<Integer> counts = told.getOrDefault(id, List.of());
            assertThat(counts.size()).as("%s in the stream", id).isBetween(count.get(), count.get() + 1);
            for (int i = 0; i < counts.size(); i++) {
                assertThat(counts.get(i))
                        .as("%s at place %d of %s", id, i, counts)
                        .isEqualTo(i + 1);
            }
        });
    }

    private boolean isComplete(Map<String, List<Integer>> told) {
        return acknowledged.entrySet().stream()
                .allMatch(item -> told.getOrDefault(item.getKey(), List.of()).size()
                        >= item.getValue().get());
    }

    private static void read(DynamoDbStreamsClient streams, String arn, Map<String, List<Integer>> told) {
        var shards = new ArrayList<>(streams.describeStream(request -> request.streamArn(arn))
                .streamDescription()
                .shards());
        for (Shard shard : shards) {
            String iterator = streams.getShardIterator(request -> request.streamArn(arn)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .shardIterator();
            while (iterator != null) {
                String at = iterator;
                var page = streams.getRecords(request -> request.shardIterator(at));
                for (Record record : page.records()) {
                    Map<String, AttributeValue> image = record.dynamodb().newImage();
                    told.computeIfAbsent(Objects.requireNonNull(image.get("id")).s(), _ -> new ArrayList<>())
                            .add(Integer.parseInt(
                                    Objects.requireNonNull(image.get("n")).n()));
                }
                iterator = page.records().isEmpty() ? null : page.nextShardIterator();
            }
        }
    }
}
