package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.encryption.EncryptedStore;
import io.gramme.encryption.OwnedKeys;
import io.gramme.server.Client;
import io.gramme.storage.Budget;
import io.gramme.storage.Consistency;
import io.gramme.storage.HashRange;
import io.gramme.storage.RowStore;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.memory.MemoryStore;
import io.gramme.tables.table.Table;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A table with blind partition keys answers as one without; on the store no row has a key in clear. */
class BlindKeysTest {
    private static final OwnedKeys KEYS =
            new OwnedKeys(List.of(new OwnedKeys.Secret(1, Bytes.utf8("0123456789abcdef0123456789abcdef"))));
    private static final String BLIND = ", Tags: [{Key: 'gramme:blind-partition-keys', Value: 'true'}]";

    private final RowStore engine = new MemoryStore(InstantSource.system());
    private final Client client = client();

    private Client client() {
        EncryptedStore.decideSealed(engine, KEYS);
        EncryptedStore keys = EncryptedStore.open(engine, KEYS, InstantSource.system());
        return Client.over(keys, InstantSource.system());
    }

    @AfterEach
    void close() {
        client.close();
    }

    private void create(String name, String more) {
        client.call("CreateTable", """
                {TableName: '%s', BillingMode: 'PAY_PER_REQUEST',
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                  {AttributeName: 'a', AttributeType: 'S'}],
                 StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},
                 LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'a', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'by-a', Projection: {ProjectionType: 'ALL'},
                  KeySchema: [{AttributeName: 'a', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]}]%s}\
                """.formatted(name, more));
    }

    private List<String> both(String operation, String request) {
        return List.of(
                client.outcome(operation, request.replace("TABLE", "open")).replace("open", "TABLE"),
                client.outcome(operation, request.replace("TABLE", "blind")).replace("blind", "TABLE"));
    }

    private void same(String operation, String request) {
        List<String> both = both(operation, request);
        assertThat(both.getLast()).as(request).isEqualTo(both.getFirst());
    }

    /** All items of a table or an index, read in pages of three. */
    private Set<String> scanned(String table, String more) {
        var found = new TreeSet<String>();
        String start = "";
        do {
            JsonNode page = client.call("Scan", "{TableName: '" + table + "', Limit: 3" + more + start + "}");
            page.get("Items").forEach(item -> found.add(item.toString()));
            start = page.has("LastEvaluatedKey") ? ", ExclusiveStartKey: " + page.get("LastEvaluatedKey") : "";
        } while (!start.isEmpty());
        return found;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void itAnswersAsATableWithout(long seed) {
        create("open", "");
        create("blind", BLIND);
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 120; i++) {
            String key = "pk: {S: 'customer-%d'}, sk: {N: '%d'}".formatted(random.nextInt(5), random.nextInt(6));
            String a = "{S: 'attribute-" + random.nextInt(3) + "'}";
            switch (random.nextInt(6)) {
                case 0, 1, 2 ->
                    same("PutItem", "{TableName: 'TABLE', ReturnValues: 'ALL_OLD', Item: {" + key + ", a: " + a + "}}");
                case 3 -> same("DeleteItem", "{TableName: 'TABLE', ReturnValues: 'ALL_OLD', Key: {" + key + "}}");
                case 4 ->
                    same(
                            "TransactWriteItems",
                            "{TransactItems: [{Update: {TableName: 'TABLE', Key: {" + key
                                    + "}, UpdateExpression: 'SET a = :a',"
                                    + " ConditionExpression: 'attribute_exists(a)', ExpressionAttributeValues: {':a': "
                                    + a + "}}}]}");
                default -> same("GetItem", "{TableName: 'TABLE', Key: {" + key + "}}");
            }
        }
        for (int i = 0; i < 5; i++) {
            String values = "', ExpressionAttributeValues: {':p': {S: 'customer-" + i
                    + "'}}, KeyConditionExpression: 'pk = :p'";
            same("Query", "{TableName: 'TABLE" + values + "}");
            same("Query", "{TableName: 'TABLE" + values + ", ScanIndexForward: false, Limit: 2}");
            same("Query", "{TableName: 'TABLE" + values + ", IndexName: 'local'}");
        }
        for (String more : List.of("", ", IndexName: 'by-a'", ", IndexName: 'local'")) {
            assertThat(scanned("blind", more)).as(more).isEqualTo(scanned("open", more));
        }
        assertThat(queried("blind")).isEqualTo(queried("open"));
    }

    /** Entries of one index key and one index sort key have no order among them. */
    private Set<String> queried(String table) {
        var found = new TreeSet<String>();
        for (int i = 0; i < 3; i++) {
            client.call(
                            "Query",
                            "{TableName: '" + table + "', IndexName: 'by-a', KeyConditionExpression: 'a = :a',"
                                    + " ExpressionAttributeValues: {':a': {S: 'attribute-" + i + "'}}}")
                    .get("Items")
                    .forEach(item -> found.add(item.toString()));
        }
        return found;
    }

    @Test
    void noRowHasAPartitionKeyInClear() {
        create("open", "");
        create("blind", BLIND);
        for (String table : List.of("open", "blind")) {
            client.call(
                    "UpdateTimeToLive",
                    "{TableName: '" + table + "', TimeToLiveSpecification: {Enabled: true, AttributeName: 'ttl'}}");
            client.call(
                    "PutItem",
                    "{TableName: '" + table
                            + "', Item: {pk: {S: 'secret-customer'}, sk: {N: '1'}, a: {S: 'secret-customer'},"
                            + " ttl: {N: '4000000000'}}}");
        }
        assertThat(keysWith("open")).as("the search finds keys").isGreaterThanOrEqualTo(4);
        // The sort key of the local index is a sort key: it stays readable.
        assertThat(keysWith("blind")).isEqualTo(1);
    }

    /** How many rows of a table and its indexes have the key in their own. */
    private long keysWith(String name) {
        Table table = client.tables().all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return table.allTablespaces().stream().mapToLong(this::keysWith).sum();
    }

    private long keysWith(TablespaceId tablespace) {
        long found = 0;
        for (int kind = 0; kind < 32; kind++) {
            found +=
                    engine
                            .sweep(HashRange.whole(tablespace, kind), new Budget(100, 1 << 20), Consistency.STRONG)
                            .rows()
                            .stream()
                            .filter(row -> text(row.key().partition().key()).contains("secret-customer")
                                    || text(row.key().sort()).contains("secret-customer"))
                            .count();
        }
        return found;
    }

    private static String text(Bytes bytes) {
        return new String(bytes.toArray(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void theTagHoldsForTheLifeOfTheTable() {
        create("blind", BLIND);
        create("open", "");
        String text = "The tag gramme:blind-partition-keys is given when a table is created, and stays as it is";
        String arn = "{ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/";
        client.refuses("UntagResource", arn + "blind', TagKeys: ['gramme:blind-partition-keys']}", text);
        client.refuses(
                "TagResource", arn + "open', Tags: [{Key: 'gramme:blind-partition-keys', Value: 'true'}]}", text);
        client.call("TagResource", arn + "blind', Tags: [{Key: 'other', Value: 'true'}]}");
    }

    @Test
    void aBackupHasNoSecretAndItsRestoreIsBlindAgain() {
        create("blind", BLIND);
        client.call("PutItem", "{TableName: 'blind', Item: {pk: {S: 'p'}, sk: {N: '1'}}}");
        String arn = client.call("CreateBackup", "{TableName: 'blind', BackupName: 'one'}")
                .get("BackupDetails")
                .get("BackupArn")
                .asString();
        client.recover();
        client.call("RestoreTableFromBackup", "{TargetTableName: 'again', BackupArn: '" + arn + "'}");
        Awaitility.await()
                .until(() -> client.call("DescribeTable", "{TableName: 'again'}")
                        .at("/Table/TableStatus")
                        .asString()
                        .equals("ACTIVE"));
        client.answers(
                "GetItem",
                "{TableName: 'again', Key: {pk: {S: 'p'}, sk: {N: '1'}}}",
                "{Item: {pk: {S: 'p'}, sk: {N: '1'}}}");
        var tables = client.tables().all();
        assertThat(tables.getFirst().blinding()).isPresent();
        assertThat(tables.getLast().blinding())
                .isPresent()
                .isNotEqualTo(tables.getFirst().blinding());
    }

    @Test
    void aServerThatDoesNotEncryptRefusesTheTag() {
        try (Client clear = Client.inMemory()) {
            clear.refuses(
                    "CreateTable",
                    "{TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                            + " AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]" + BLIND + "}",
                    "The tag gramme:blind-partition-keys is for a server that encrypts its tables:"
                            + " the tables of this one are not encrypted");
        }
    }
}
