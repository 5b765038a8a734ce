package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.StoredItem;
import io.gramme.core.item.StoredItem.Origin;
import io.gramme.server.Client;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.Outcome;
import io.gramme.storage.Row;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.tables.item.Rows;
import io.gramme.tables.table.AccountRegion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The rows of deleted items, which are kept where other regions must learn of the deletion: no operation shows them. */
@Timeout(60)
class TombstoneTest {
    private static final Origin IRELAND = new Origin("eu-west-1", 1);

    @TempDir
    Path directory;

    private interface Check {
        void on(Client client);
    }

    private void onEachEngine(Check check) {
        try (Client client = Client.inMemory()) {
            prepare(client);
            check.on(client);
        }
        try (Client client = Client.onDisk(directory.resolve("data"))) {
            prepare(client);
            check.on(client);
        }
    }

    /** Three items, of which the second was deleted. */
    private static void prepare(Client client) {
        client.call("CreateTable", """
            {TableName: 'Notes', BillingMode: 'PAY_PER_REQUEST',
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]}\
            """);
        for (int i = 1; i <= 3; i++) {
            client.call(
                    "PutItem", "{TableName: 'Notes', Item: {pk: {S: 'a'}, sk: {N: '%d'}, g: {S: 'x'}}}".formatted(i));
        }
        entomb(client, 1);
    }

    /** Puts a tombstone in place of the {@code n}-th item. */
    private static void entomb(Client client, int n) {
        Row row = items(client).get(n);
        Bytes tombstone = StoredItem.tombstone(Optional.of(IRELAND)).encode();
        client.store()
                .transact(Set.of(row.key()), _ -> new Outcome<>(List.of(new Write.Put(row.key(), tombstone)), true));
    }

    private static List<Row> items(Client client) {
        TablespaceId tablespace = client.tables()
                .of(new AccountRegion("000000000000", "us-east-1"))
                .getFirst()
                .tablespace();
        return client.store()
                .sweep(HashRange.whole(tablespace, Rows.ITEM), new Budget(10, 1 << 20), Consistency.STRONG)
                .rows();
    }

    @Test
    void aReadOfADeletedItemFindsNothing() {
        onEachEngine(client -> {
            client.answers("GetItem", "{TableName: 'Notes', Key: {pk: {S: 'a'}, sk: {N: '2'}}}", "{}");
            assertThat(client.call("BatchGetItem", "{RequestItems: {Notes: {Keys: [{pk: {S: 'a'}, sk: {N: '2'}}]}}}")
                            .at("/Responses/Notes"))
                    .isEmpty();
            client.answers(
                    "TransactGetItems",
                    "{TransactItems: [{Get: {TableName: 'Notes', Key: {pk: {S: 'a'}, sk: {N: '2'}}}}]}",
                    "{Responses: [{}]}");
        });
    }

    @Test
    void aPageNeitherShowsNorCountsADeletedItem() {
        String query = "{TableName: 'Notes', KeyConditionExpression: 'pk = :a',"
                + " ExpressionAttributeValues: {':a': {S: 'a'}}, Limit: 2, Select: 'COUNT'}";
        onEachEngine(client -> {
            assertThat(client.call("Query", query).get("ScannedCount").asInt()).isEqualTo(2);
            assertThat(client.call("Query", query).at("/LastEvaluatedKey/sk/N").asString())
                    .isEqualTo("3");
            assertThat(client.call("Scan", "{TableName: 'Notes'}")
                            .get("ScannedCount")
                            .asInt())
                    .isEqualTo(2);
        });
    }

    @Test
    void aConditionFindsNoItemWhereOneWasDeleted() {
        onEachEngine(client -> {
            client.call(
                    "PutItem",
                    "{TableName: 'Notes', Item: {pk: {S: 'a'}, sk: {N: '2'}, n: {N: '1'}},"
                            + " ConditionExpression: 'attribute_not_exists(pk)'}");
            client.answers(
                    "GetItem",
                    "{TableName: 'Notes', Key: {pk: {S: 'a'}, sk: {N: '2'}}}",
                    "{Item: {pk: {S: 'a'}, sk: {N: '2'}, n: {N: '1'}}}");
        });
    }

    @Test
    void anUpdateOfADeletedItemBeginsAnew() {
        onEachEngine(client -> client.answers(
                "UpdateItem",
                "{TableName: 'Notes', Key: {pk: {S: 'a'}, sk: {N: '2'}}, UpdateExpression: 'SET n = :n',"
                        + " ExpressionAttributeValues: {':n': {N: '1'}}, ReturnValues: 'ALL_NEW'}",
                "{Attributes: {pk: {S: 'a'}, sk: {N: '2'}, n: {N: '1'}}}"));
    }

    @Test
    void aNewIndexLeavesDeletedItemsOut() {
        onEachEngine(client -> {
            client.call("UpdateTable", """
                {TableName: 'Notes', AttributeDefinitions: [{AttributeName: 'g', AttributeType: 'S'}],
                 GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'by-g', Projection: {ProjectionType: 'ALL'},
                   KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]}}]}\
                """);
            awaitIndex(client);
            assertThat(client.call("Scan", "{TableName: 'Notes', IndexName: 'by-g'}")
                            .get("Count")
                            .asInt())
                    .isEqualTo(2);
        });
    }

    private static void awaitIndex(Client client) {
        String status = "/Table/GlobalSecondaryIndexes/0/IndexStatus";
        while (!client.call("DescribeTable", "{TableName: 'Notes'}")
                .at(status)
                .asString()
                .equals("ACTIVE")) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
