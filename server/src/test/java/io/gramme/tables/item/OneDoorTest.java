package io.gramme.tables.item;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.core.item.Item;
import io.gramme.server.Client;
import io.gramme.storage.Consistency;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Access;
import io.gramme.tables.access.Access.Touch;
import io.gramme.tables.item.Admission.Factor;
import io.gramme.tables.table.Partition;
import io.gramme.tables.table.Table;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every request that touches items passes the hooks of the item store: access before it reads, admission of its
 * cost.
 */
class OneDoorTest {
    private final List<Touch> touched = new ArrayList<>();
    private final Map<String, Long> readBytes = new TreeMap<>();
    private final List<Change> charged = new ArrayList<>();
    private final List<Long> failed = new ArrayList<>();
    private boolean denies;
    private boolean starves;

    private final Access access = touch -> {
        touched.add(touch);
        if (denies) {
            throw TableErrors.tableNotFound("denied");
        }
    };

    private final Admission admission = () -> new Charge() {
        private final List<Change> admitted = new ArrayList<>();

        @Override
        public void begin() {
            admitted.clear();
        }

        @Override
        public void end() {}

        @Override
        public void admitRead(ReadTarget target, long hash) {
            requireUnits();
        }

        @Override
        public void payRead(ReadTarget target, long hash, long bytes, Consistency consistency, Factor factor) {
            readBytes.merge(name(target) + " " + consistency + " " + factor, bytes, Long::sum);
        }

        @Override
        public void payScan(ReadTarget target, Partition partition, long bytes, Consistency consistency) {
            payRead(target, partition.first(), bytes, consistency, Factor.PLAIN);
        }

        @Override
        public void admitWrite(Change change, Factor factor) {
            requireUnits();
            admitted.add(change);
        }

        @Override
        public void payWrites() {
            charged.addAll(admitted);
        }

        @Override
        public void payFailed(Table table, RowKey row, long bytes) {
            requireUnits();
            failed.add(bytes);
        }

        private void requireUnits() {
            if (starves) {
                throw CapacityErrors.tooHot();
            }
        }

        private static String name(ReadTarget target) {
            return target.index()
                    .map(index -> index.name())
                    .orElseGet(() -> target.table().name());
        }
    };

    private final Client client = Client.behind(Clock.systemUTC(), access, admission);

    OneDoorTest() {
        client.call(
                "CreateTable",
                "{TableName: 'Tab', BillingMode: 'PAY_PER_REQUEST',"
                        + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'}],"
                        + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],"
                        + "GlobalSecondaryIndexes: [{IndexName: 'by-g', KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}],"
                        + "Projection: {ProjectionType: 'ALL'}}]}");
        client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'a'}, g: {S: 'x'}}}");
        touched.clear();
        charged.clear();
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static final Map<String, String> REQUESTS = new TreeMap<>(Map.ofEntries(
            Map.entry("GetItem", "{TableName: 'Tab', Key: {pk: {S: 'a'}}, ProjectionExpression: 'p.q'}"),
            Map.entry(
                    "PutItem",
                    "{TableName: 'Tab', Item: {pk: {S: 'a'}, n: {N: '1'}}, ConditionExpression: 'attribute_not_exists(c)'}"),
            Map.entry(
                    "UpdateItem",
                    "{TableName: 'Tab', Key: {pk: {S: 'b'}}, UpdateExpression: 'SET u = :u',"
                            + "ExpressionAttributeValues: {':u': {N: '1'}}}"),
            Map.entry("DeleteItem", "{TableName: 'Tab', Key: {pk: {S: 'd'}}}"),
            Map.entry(
                    "Query",
                    "{TableName: 'Tab', IndexName: 'by-g', KeyConditionExpression: 'g = :g',"
                            + "ExpressionAttributeValues: {':g': {S: 'x'}}, ProjectionExpression: 'p'}"),
            Map.entry("Scan", "{TableName: 'Tab', FilterExpression: 'attribute_exists(f)'}"),
            Map.entry("BatchGetItem", "{RequestItems: {Tab: {Keys: [{pk: {S: 'a'}}, {pk: {S: 'b'}}]}}}"),
            Map.entry("BatchWriteItem", "{RequestItems: {Tab: [{PutRequest: {Item: {pk: {S: 'w'}}}}]}}"),
            Map.entry("TransactGetItems", "{TransactItems: [{Get: {TableName: 'Tab', Key: {pk: {S: 'a'}}}}]}"),
            Map.entry(
                    "TransactWriteItems",
                    "{TransactItems: [{Put: {TableName: 'Tab', Item: {pk: {S: 't'}}}},"
                            + "{ConditionCheck: {TableName: 'Tab', Key: {pk: {S: 'c'}}, ConditionExpression: 'attribute_not_exists(z)'}}]}"),
            Map.entry("ExecuteStatement", "{Statement: \"SELECT p FROM Tab WHERE pk = 'a'\"}"),
            Map.entry("BatchExecuteStatement", "{Statements: [{Statement: \"UPDATE Tab SET v = 1 WHERE pk = 'a'\"}]}"),
            Map.entry(
                    "ExecuteTransaction",
                    "{TransactStatements: [{Statement: \"INSERT INTO Tab VALUE {'pk': 'i'}\"}]}")));

    @Test
    void everyOperationOnItemsAsksForAccessWithItsActionItsKeysAndTheAttributesThatItNames() {
        denies = true;
        REQUESTS.forEach((operation, request) -> {
            touched.clear();
            String outcome = client.outcome(operation, request);
            assertThat(outcome).as(operation).contains("denied");
            assertThat(touched).as(operation).isNotEmpty();
        });
        assertThat(touches("GetItem")).containsExactly("dynamodb:GetItem Tab [a] [p, pk]");
        assertThat(touches("PutItem")).containsExactly("dynamodb:PutItem Tab [a] [c, n, pk]");
        assertThat(touches("UpdateItem")).containsExactly("dynamodb:UpdateItem Tab [b] [pk, u]");
        assertThat(touches("DeleteItem")).containsExactly("dynamodb:DeleteItem Tab [d] [pk]");
        assertThat(touches("Query")).containsExactly("dynamodb:Query Tab/by-g [x] [g, p]");
        assertThat(touches("Scan")).containsExactly("dynamodb:Scan Tab [] [f]");
        assertThat(touches("BatchGetItem")).containsExactly("dynamodb:BatchGetItem Tab [a, b] [pk]");
        assertThat(touches("BatchWriteItem")).containsExactly("dynamodb:BatchWriteItem Tab [w] [pk]");
        assertThat(touches("TransactGetItems")).containsExactly("dynamodb:GetItem Tab [a] [pk]");
        assertThat(touches("ExecuteStatement")).containsExactly("dynamodb:PartiQLSelect Tab [a] [p, pk]");
        denies = false;
        assertThat(touches("TransactWriteItems"))
                .containsExactly("dynamodb:PutItem Tab [t] [pk]", "dynamodb:ConditionCheckItem Tab [c] [pk, z]");
        assertThat(touches("ExecuteTransaction")).containsExactly("dynamodb:PartiQLInsert Tab [i] [pk]");
    }

    @Test
    void aDeniedWriteChangesNothing() {
        denies = true;
        REQUESTS.forEach(client::outcome);
        denies = false;
        assertThat(client.call("Scan", "{TableName: 'Tab'}").get("Items"))
                .isEqualTo(Client.json("[{pk: {S: 'a'}, g: {S: 'x'}}]"));
    }

    @Test
    void everyOperationOnItemsIsRefusedWithoutUnits() {
        starves = true;
        REQUESTS.forEach((operation, request) ->
                assertThat(client.outcome(operation, request)).as(operation).containsAnyOf("hroughput", "None"));
        assertThat(charged).isEmpty();
        starves = false;
        assertThat(client.call("Scan", "{TableName: 'Tab'}").get("Count").asInt())
                .isEqualTo(1);
    }

    @Test
    void aWriteIsChargedOnceWithItsEffectsOnIndexesAndOneWithAFalseConditionForTheItemThatIsThere() {
        client.call("PutItem", "{TableName: 'Tab', Item: {pk: {S: 'a'}, g: {S: 'y'}}}");
        assertThat(charged).hasSize(1);
        assertThat(charged.getFirst().entries()).hasSize(1);
        assertThatThrownBy(() -> client.call(
                        "PutItem",
                        "{TableName: 'Tab', Item: {pk: {S: 'a'}}, ConditionExpression: 'attribute_exists(absent)'}"))
                .isInstanceOf(ApiException.class);
        assertThat(charged).hasSize(1);
        assertThat(failed).containsExactly(5L);
    }

    @Test
    void readsAreChargedToWhatTheyRead() {
        client.call("GetItem", "{TableName: 'Tab', Key: {pk: {S: 'a'}}, ConsistentRead: true}");
        client.call("TransactGetItems", request("TransactGetItems"));
        client.call("Query", request("Query"));
        client.call("Scan", "{TableName: 'Tab'}");
        assertThat(readBytes)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Tab STRONG PLAIN", 5L,
                        "Tab STRONG TRANSACTIONAL", 5L,
                        "by-g EVENTUAL PLAIN", 5L,
                        "Tab EVENTUAL PLAIN", 5L));
    }

    private static String request(String operation) {
        return Optional.ofNullable(REQUESTS.get(operation)).orElseThrow();
    }

    private List<String> touches(String operation) {
        touched.clear();
        client.outcome(operation, request(operation));
        return touched.stream().map(OneDoorTest::shown).toList();
    }

    private static String shown(Touch touch) {
        Set<String> attributes = touch.attributes().get();
        return touch.action().policyName() + " " + touch.table().name()
                + touch.index().map(index -> "/" + index.name()).orElse("") + " "
                + touch.keys().stream().map(OneDoorTest::shown).toList() + " "
                + attributes.stream().sorted().toList();
    }

    private static String shown(Item key) {
        return key.attributes().values().stream()
                .map(value -> value.toString().replaceAll(".*=|[^a-z]", ""))
                .findFirst()
                .orElse("");
    }
}
