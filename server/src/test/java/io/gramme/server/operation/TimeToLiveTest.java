package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class TimeToLiveTest {
    private static final String TABLE = """
            {TableName: 'Sessions', BillingMode: 'PAY_PER_REQUEST',
             AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
               {AttributeName: 'user', AttributeType: 'S'}],
             KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
             LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'ALL'},
               KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'user', KeyType: 'RANGE'}]}],
             GlobalSecondaryIndexes: [{IndexName: 'by-user', Projection: {ProjectionType: 'ALL'},
               KeySchema: [{AttributeName: 'user', KeyType: 'HASH'}]}],
             StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'}}""";
    private static final String TOO_SOON = "Time to live has been modified multiple times within a fixed interval";

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Client client = Client.at(() -> now);

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        client.close();
    }

    private static String specification(boolean enabled, String attribute) {
        return "{TableName: 'Sessions', TimeToLiveSpecification: {Enabled: " + enabled + ", AttributeName: '"
                + attribute + "'}}";
    }

    private void create() {
        client.call("CreateTable", TABLE);
    }

    private void update(boolean enabled, String attribute) {
        client.call("UpdateTimeToLive", specification(enabled, attribute));
    }

    private void createExpiring() {
        create();
        update(true, "expires");
    }

    private void put(String key, String attributes) {
        client.call(
                "PutItem",
                "{TableName: 'Sessions', Item: {pk: {S: '" + key + "'}, sk: {N: '1'}, user: {S: 'u'}" + attributes
                        + "}}");
    }

    private void putExpiring(String key, Duration after) {
        put(key, ", expires: {N: '" + now.plus(after).getEpochSecond() + "'}");
    }

    private List<String> keys(String more) {
        var keys = new ArrayList<String>();
        client.call("Scan", "{TableName: 'Sessions'" + more + "}")
                .get("Items")
                .forEach(item -> keys.add(item.at("/pk/S").asString()));
        return keys.stream().sorted().toList();
    }

    private List<String> keys() {
        return keys("");
    }

    private void shows(String description) {
        client.answers("DescribeTimeToLive", "{TableName: 'Sessions'}", "{TimeToLiveDescription: " + description + "}");
    }

    @Test
    void anUpdateEchoesWhatWasAskedForAndIsShown() {
        create();
        shows("{TimeToLiveStatus: 'DISABLED'}");
        client.answers(
                "UpdateTimeToLive",
                specification(true, "expires"),
                "{TimeToLiveSpecification: {Enabled: true, AttributeName: 'expires'}}");
        shows("{TimeToLiveStatus: 'ENABLED', AttributeName: 'expires'}");
        now = now.plus(Duration.ofHours(1));
        client.answers(
                "UpdateTimeToLive",
                specification(false, "expires"),
                "{TimeToLiveSpecification: {Enabled: false, AttributeName: 'expires'}}");
        shows("{TimeToLiveStatus: 'DISABLED'}");
    }

    @Test
    void whatIsSoAlreadyIsRefused() {
        create();
        client.refuses("UpdateTimeToLive", specification(false, "expires"), "TimeToLive is already disabled");
        update(true, "expires");
        client.refuses("UpdateTimeToLive", specification(true, "expires"), "TimeToLive is already enabled");
        now = now.plus(Duration.ofDays(1));
        client.refuses("UpdateTimeToLive", specification(true, "expires"), "TimeToLive is already enabled");
        update(false, "expires");
        client.refuses("UpdateTimeToLive", specification(false, "expires"), "TimeToLive is already disabled");
    }

    @Test
    void anotherAttributeMustWaitForTheEndOfTheFirst() {
        createExpiring();
        String other = "TimeToLive is active on a different AttributeName: current AttributeName is expires";
        client.refuses("UpdateTimeToLive", specification(true, "other"), other);
        client.refuses("UpdateTimeToLive", specification(false, "other"), other);
        now = now.plus(Duration.ofHours(1));
        update(false, "expires");
        now = now.plus(Duration.ofHours(1));
        update(true, "other");
        shows("{TimeToLiveStatus: 'ENABLED', AttributeName: 'other'}");
    }

    @Test
    void thereIsOneChangeInAnHour() {
        createExpiring();
        now = now.plus(Duration.ofHours(1)).minusMillis(1);
        client.refuses("UpdateTimeToLive", specification(false, "expires"), TOO_SOON);
        now = now.plusMillis(1);
        update(false, "expires");
        now = now.plus(Duration.ofMinutes(59));
        client.refuses("UpdateTimeToLive", specification(true, "expires"), TOO_SOON);
        client.refuses("UpdateTimeToLive", specification(true, "other"), TOO_SOON);
    }

    @Test
    void anotherTableOfTheNameHasNoPast() {
        createExpiring();
        client.call("DeleteTable", "{TableName: 'Sessions'}");
        create();
        shows("{TimeToLiveStatus: 'DISABLED'}");
        update(true, "other");
    }

    @Test
    void anExpiredItemIsThereUntilASweepDeletesIt() {
        createExpiring();
        putExpiring("a", Duration.ofSeconds(10));
        putExpiring("b", Duration.ofSeconds(20));
        put("c", "");
        now = now.plusSeconds(10);
        assertThat(client.sweep()).as("the very second is not past").isZero();
        now = now.plusMillis(1);
        assertThat(keys()).containsExactly("a", "b", "c");
        assertThat(client.sweep()).isEqualTo(1);
        assertThat(keys()).containsExactly("b", "c");
        now = now.plus(Duration.ofDays(400));
        assertThat(client.sweep()).isEqualTo(1);
        assertThat(client.sweep()).isZero();
        assertThat(keys()).containsExactly("c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{S: '1'}",
                "{NULL: true}",
                "{NS: ['1795427000']}",
                "{L: [{N: '1795427000'}]}",
                "{N: '-1'}",
                "{N: '1E125'}",
                "{N: '0'}",
                "{N: '1637661599'}"
            })
    void whatIsNoTimeOrMoreThanFiveYearsPastKeepsItsItem(String value) {
        createExpiring();
        put("a", ", expires: " + value);
        now = now.plusSeconds(1);
        assertThat(client.sweep()).isZero();
        assertThat(keys()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({"1795427999", "1795427998.25", "1.7954E9", "1637661601"})
    void everyWayToWriteANumberCounts(String number) {
        createExpiring();
        put("a", ", expires: {N: '" + number + "'}");
        assertThat(client.sweep()).isEqualTo(1);
    }

    @Test
    void itemsFromBeforeExpireAsWell() {
        create();
        for (int i = 0; i < 130; i++) {
            putExpiring("item" + i, Duration.ofSeconds(i % 2));
        }
        update(true, "expires");
        now = now.plusSeconds(1);
        assertThat(client.sweep()).isEqualTo(65);
        now = now.plusSeconds(1);
        assertThat(client.sweep()).isEqualTo(65);
        assertThat(keys()).isEmpty();
    }

    @Test
    void anItemThatIsRenewedInTimeStaysAndSoDoesOneThatLosesItsTime() {
        createExpiring();
        putExpiring("renewed", Duration.ofSeconds(1));
        putExpiring("freed", Duration.ofSeconds(1));
        putExpiring("replaced", Duration.ofSeconds(1));
        now = now.plusSeconds(5);
        client.call(
                "UpdateItem",
                "{TableName: 'Sessions', Key: {pk: {S: 'renewed'}, sk: {N: '1'}}, UpdateExpression: 'SET expires = :t',"
                        + "ExpressionAttributeValues: {':t': {N: '" + (now.getEpochSecond() + 9) + "'}}}");
        client.call(
                "UpdateItem",
                "{TableName: 'Sessions', Key: {pk: {S: 'freed'}, sk: {N: '1'}}, UpdateExpression: 'REMOVE expires'}");
        put("replaced", ", expires: {S: 'never'}");
        assertThat(client.sweep()).isZero();
        now = now.plusSeconds(10);
        assertThat(client.sweep()).isEqualTo(1);
        assertThat(keys()).containsExactly("freed", "replaced");
    }

    @Test
    void aKeyMayBeTheTime() {
        create();
        update(true, "sk");
        put("old", "");
        client.call(
                "PutItem",
                "{TableName: 'Sessions', Item: {pk: {S: 'due'}, sk: {N: '" + (now.getEpochSecond() - 1) + "'}}}");
        assertThat(client.sweep()).isEqualTo(1);
        assertThat(keys()).containsExactly("old");
    }

    @Test
    void nothingExpiresWhenItIsDisabled() {
        createExpiring();
        putExpiring("a", Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(1));
        update(false, "expires");
        putExpiring("b", Duration.ofSeconds(1));
        now = now.plus(Duration.ofHours(1));
        assertThat(client.sweep()).isZero();
        update(true, "expires");
        assertThat(client.sweep()).as("what was written meanwhile, too").isEqualTo(2);
    }

    @Test
    void indexesAndCountsLoseTheItemAsWell() {
        createExpiring();
        putExpiring("a", Duration.ofSeconds(1));
        putExpiring("b", Duration.ofSeconds(100));
        now = now.plusSeconds(2);
        assertThat(client.sweep()).isEqualTo(1);
        assertThat(keys(", IndexName: 'by-user'")).containsExactly("b");
        assertThat(keys(", IndexName: 'local'")).containsExactly("b");
        JsonNode table = client.call("DescribeTable", "{TableName: 'Sessions'}").get("Table");
        assertThat(table.get("ItemCount").asInt()).isEqualTo(1);
        assertThat(table.at("/GlobalSecondaryIndexes/0/ItemCount").asInt()).isEqualTo(1);
        assertThat(table.at("/LocalSecondaryIndexes/0/ItemCount").asInt()).isEqualTo(1);
    }

    @Test
    void theStreamSaysThatTheServiceDeletedIt() {
        createExpiring();
        putExpiring("swept", Duration.ofSeconds(1));
        putExpiring("deleted", Duration.ofSeconds(1));
        now = now.plusSeconds(2);
        client.call("DeleteItem", "{TableName: 'Sessions', Key: {pk: {S: 'deleted'}, sk: {N: '1'}}}");
        assertThat(client.sweep()).isEqualTo(1);
        List<JsonNode> removals = records().stream()
                .filter(record -> record.get("eventName").asString().equals("REMOVE"))
                .toList();
        assertThat(removals).hasSize(2).allSatisfy(record -> {
            boolean swept = record.at("/dynamodb/Keys/pk/S").asString().equals("swept");
            assertThat(record.has("userIdentity")).isEqualTo(swept);
            assertThat(record.at("/dynamodb").has("OldImage")).isTrue();
            assertThat(record.at("/dynamodb").has("NewImage")).isFalse();
            if (swept) {
                assertThat(record.get("userIdentity"))
                        .isEqualTo(Client.json("{Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com'}"));
            }
        });
    }

    private List<JsonNode> records() {
        String arn = client.call("DescribeTable", "{TableName: 'Sessions'}")
                .at("/Table/LatestStreamArn")
                .asString();
        var records = new ArrayList<JsonNode>();
        client.callStreams("DescribeStream", "{StreamArn: '" + arn + "'}")
                .at("/StreamDescription/Shards")
                .forEach(shard -> {
                    String iterator = client.callStreams(
                                    "GetShardIterator",
                                    "{StreamArn: '" + arn + "', ShardId: '"
                                            + shard.get("ShardId").asString()
                                            + "', ShardIteratorType: 'TRIM_HORIZON'}")
                            .get("ShardIterator")
                            .asString();
                    client.callStreams("GetRecords", "{ShardIterator: '" + iterator + "'}")
                            .get("Records")
                            .forEach(records::add);
                });
        return records;
    }

    @Test
    void theSweepSaysHowLongTheMostOverdueHadBeenExpired() {
        createExpiring();
        putExpiring("a", Duration.ofSeconds(10));
        putExpiring("b", Duration.ofSeconds(3));
        now = now.plusSeconds(60);
        assertThat(client.callGramme("SweepExpiredItems", "{}")).isEqualTo(Client.json("{Deleted: 2, LagSeconds: 57}"));
        assertThat(client.callGramme("SweepExpiredItems", "{}")).isEqualTo(Client.json("{Deleted: 0, LagSeconds: 0}"));
    }

    @Test
    void aRestartForgetsNeitherTheSettingNorWhatIsToExpire() {
        try (Client first = Client.onDisk(directory)) {
            first.call("CreateTable", TABLE);
            first.call("UpdateTimeToLive", specification(true, "expires"));
            first.call(
                    "PutItem",
                    "{TableName: 'Sessions', Item: {pk: {S: 'a'}, sk: {N: '1'}, expires: {N: '"
                            + (Instant.now().getEpochSecond() - 5) + "'}}}");
        }
        try (Client second = Client.onDisk(directory)) {
            second.answers(
                    "DescribeTimeToLive",
                    "{TableName: 'Sessions'}",
                    "{TimeToLiveDescription: {TimeToLiveStatus: 'ENABLED', AttributeName: 'expires'}}");
            second.refuses("UpdateTimeToLive", specification(false, "expires"), TOO_SOON);
            assertThat(second.sweep()).isEqualTo(1);
        }
    }

    @Test
    void aTableThatExpiresCanBeDeletedAndIsNotSweptAnyMore() {
        createExpiring();
        putExpiring("a", Duration.ofSeconds(1));
        now = now.plusSeconds(2);
        client.call("DeleteTable", "{TableName: 'Sessions'}");
        assertThat(client.sweep()).isZero();
    }
}
