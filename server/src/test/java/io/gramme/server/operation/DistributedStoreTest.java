package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.storage.ContentionException;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.memory.MemoryStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What is asked of a store for which transactions over several partitions are dear. */
@Timeout(60)
class DistributedStoreTest {
    private static final String THREE_PUTS = "{RequestItems: {things: ["
            + "{PutRequest: {Item: {id: {S: 'a'}, g: {S: 'x'}}}},"
            + "{PutRequest: {Item: {id: {S: 'b'}, g: {S: 'x'}}}},"
            + "{PutRequest: {Item: {id: {S: 'c'}, g: {S: 'x'}}}}]}}";

    private final RowStore memory = new MemoryStore(Clock.systemUTC());
    private final RowStore distributed = (RowStore)
            Proxy.newProxyInstance(RowStore.class.getClassLoader(), new Class<?>[] {RowStore.class}, this::call);

    /** How many partitions each transaction has read. */
    private final List<Integer> partitions = new CopyOnWriteArrayList<>();

    /** The partition keys that others keep busy. */
    private volatile Set<Bytes> busy = Set.of();

    /** Is done before the next transaction over several partitions, while its claims are held. */
    private volatile Optional<Runnable> meanwhile = Optional.empty();

    private final Client client = Client.over(distributed, Clock.systemUTC());

    private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("isDistributed")) {
            return true;
        }
        if (method.getName().equals("transact")) {
            note((Set<?>) arguments[0]);
        }
        try {
            return method.invoke(memory, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private void note(Set<?> reads) {
        Set<PartitionKey> read =
                reads.stream().map(key -> ((RowKey) key).partition()).collect(Collectors.toSet());
        if (read.stream().anyMatch(partition -> partition.tablespace().equals(TablespaceId.CATALOG))) {
            // Of what the server knows about tables, or what it has counted.
            return;
        }
        partitions.add(read.size());
        if (read.stream().anyMatch(partition -> busy.contains(partition.key()))) {
            throw new ContentionException("others keep rows busy");
        }
        if (read.size() > 1) {
            Optional<Runnable> work = meanwhile;
            meanwhile = Optional.empty();
            work.ifPresent(Runnable::run);
        }
    }

    @BeforeEach
    void create() {
        client.call(
                "CreateTable",
                "{TableName: 'things', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}");
        partitions.clear();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aBatchIsWrittenPartitionByPartition() {
        client.answers("BatchWriteItem", THREE_PUTS, "{UnprocessedItems: {}}");
        assertThat(partitions).containsExactly(1, 1, 1);
        assertThat(count("{TableName: 'things'}")).isEqualTo(3);
    }

    @Test
    void whatOthersStandInTheWayOfIsLeftUnprocessed() {
        busy = Set.of(Bytes.utf8("b"));
        client.answers(
                "BatchWriteItem",
                THREE_PUTS,
                "{UnprocessedItems: {things: [{PutRequest: {Item: {id: {S: 'b'}, g: {S: 'x'}}}}]}}");
        assertThat(count("{TableName: 'things'}")).isEqualTo(2);
    }

    @Test
    void aBatchOfWhichNothingCanBeWrittenIsThrottled() {
        busy = Set.of(Bytes.utf8("a"), Bytes.utf8("b"), Bytes.utf8("c"));
        ApiException refusal = client.refuses(
                "BatchWriteItem",
                THREE_PUTS,
                "The level of configured provisioned throughput for the table was exceeded."
                        + " Consider increasing your provisioning level with the UpdateTable API.");
        assertThat(refusal.code()).isEqualTo(ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED);
    }

    @Test
    void anIndexIsFilledPartitionByPartition() throws InterruptedException {
        client.call("BatchWriteItem", THREE_PUTS);
        partitions.clear();
        client.call(
                "UpdateTable",
                "{TableName: 'things', AttributeDefinitions: [{AttributeName: 'g', AttributeType:"
                        + " 'S'}],GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'byG', Projection: {ProjectionType:"
                        + " 'ALL'},KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]}}]}");
        while (!client.call("DescribeTable", "{TableName: 'things'}")
                .toString()
                .contains("\"IndexStatus\":\"ACTIVE\"")) {
            Thread.sleep(10);
        }
        assertThat(count("{TableName: 'things', IndexName: 'byG'}")).isEqualTo(3);
        assertThat(partitions).containsExactly(1, 1, 1);
    }

    @Test
    void readersOfSeveralItemsAreNotToldOfATransactionThatIsUnderWay() {
        client.call("BatchWriteItem", THREE_PUTS);
        var read = new CopyOnWriteArrayList<JsonNode>();
        meanwhile = Optional.of(() -> read.add(client.call(
                "TransactGetItems",
                "{TransactItems: [{Get: {TableName: 'things', Key: {id: {S: 'a'}}}},"
                        + "{Get: {TableName: 'things', Key: {id: {S: 'b'}}}}]}")));
        client.answers(
                "TransactWriteItems",
                "{TransactItems: [{Put: {TableName: 'things', Item: {id: {S: 'a'}}}},"
                        + "{Put: {TableName: 'things', Item: {id: {S: 'b'}}}}]}",
                "{}");
        assertThat(read)
                .containsExactly(Client.json(
                        "{Responses: [{Item: {id: {S: 'a'}, g: {S: 'x'}}}," + "{Item: {id: {S: 'b'}, g: {S: 'x'}}}]}"));
    }

    private int count(String scan) {
        return client.call("Scan", scan).get("Count").asInt();
    }
}
