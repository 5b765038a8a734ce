package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ApiException;
import io.gramme.encryption.KeyUnusableException.Reason;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A table whose root key cannot be used, from the first refusal to its archive, in a time of its own. */
class InaccessibleTableTest {
    private static final String KEY = "arn:aws:kms:us-east-1:000000000000:key/mine";
    private static final String DENIED = "ACCESS_DENIED: KMS key access denied error: com.amazonaws.services.kms.model."
            + "AWSKMSException: The ciphertext refers to a customer master key that does not exist, does not exist in "
            + "this region, or you are not allowed to access. (Service: AWSKMS; Status Code: 400; Error Code: "
            + "AccessDeniedException; Request ID: null; Proxy: null)";
    private static final String GET = "{TableName: 'orders', Key: {pk: {S: 'a'}}}";

    private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");

    @AutoClose
    private final Client client = Client.at(() -> now);

    @BeforeEach
    void aTableUnderAKeyOfACustomer() {
        create("orders", "SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'mine'}");
        client.call("PutItem", "{TableName: 'orders', Item: {pk: {S: 'a'}, t: {N: '1'}}}");
    }

    private void create(String name, String more) {
        client.call(
                "CreateTable",
                "{TableName: '" + name + "', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', "
                        + "KeyType: 'HASH'}], AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                        + "StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}, " + more + "}");
    }

    private void pass(Duration time) {
        now = now.plus(time);
        client.keyWatch().run();
    }

    private void lose() {
        client.keyService().refuse(KEY, Reason.DISABLED);
        pass(Duration.ofMinutes(1));
    }

    private JsonNode table() {
        return client.call("DescribeTable", "{TableName: 'orders'}").get("Table");
    }

    private String status() {
        return table().get("TableStatus").asString();
    }

    private String refused(String operation, String request) {
        ApiException refusal =
                Assertions.catchThrowableOfType(ApiException.class, () -> client.call(operation, request));
        assertThat(refusal).as("%s is refused", operation).isNotNull();
        return refusal.code() + ": " + refusal.text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GetItem|{TableName: 'orders', Key: {pk: {S: 'a'}}}",
                "PutItem|{TableName: 'orders', Item: {pk: {S: 'a'}}}",
                "UpdateItem|{TableName: 'orders', Key: {pk: {S: 'a'}}}",
                "DeleteItem|{TableName: 'orders', Key: {pk: {S: 'a'}}}",
                "Query|{TableName: 'orders', KeyConditionExpression: 'pk = :a',"
                        + " ExpressionAttributeValues: {':a': {S: 'a'}}}",
                "Scan|{TableName: 'orders'}",
                "BatchGetItem|{RequestItems: {orders: {Keys: [{pk: {S: 'a'}}]}}}",
                "BatchWriteItem|{RequestItems: {orders: [{DeleteRequest: {Key: {pk: {S: 'a'}}}}]}}",
                "TransactGetItems|{TransactItems: [{Get: {TableName: 'orders', Key: {pk: {S: 'a'}}}}]}",
                "TransactWriteItems|{TransactItems: [{Delete: {TableName: 'orders', Key: {pk: {S: 'a'}}}}]}",
                "ExecuteStatement|{Statement: 'SELECT * FROM orders'}",
                "CreateBackup|{TableName: 'orders', BackupName: 'one'}",
                "UpdateTable|{TableName: 'orders', DeletionProtectionEnabled: true}"
            })
    void everyRequestForItemsIsRefused(String operation, String request) {
        lose();
        assertThat(refused(operation, request)).isEqualTo(DENIED);
    }

    @Test
    void theTableIsDescribedListedAndDeletedAllTheSame() {
        lose();
        assertThat(status()).isEqualTo("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
        JsonNode encryption = table().get("SSEDescription");
        assertThat(encryption.get("Status").asString()).isEqualTo("ENABLED");
        assertThat(encryption.get("KMSMasterKeyArn").asString()).isEqualTo(KEY);
        assertThat(encryption.get("InaccessibleEncryptionDateTime").asDouble())
                .isEqualTo((double) now.getEpochSecond());
        assertThat(client.call("ListTables", "{}").get("TableNames")).hasSize(1);
        client.call("DeleteTable", "{TableName: 'orders'}");
        Awaitility.await()
                .until(() -> client.call("ListTables", "{}").get("TableNames").isEmpty());
    }

    @Test
    void theTimeIsThatOfTheFirstRefusalAndGoesWhenTheKeyIsBack() {
        lose();
        double since = now.getEpochSecond();
        pass(Duration.ofDays(6));
        assertThat(table().get("SSEDescription")
                        .get("InaccessibleEncryptionDateTime")
                        .asDouble())
                .isEqualTo(since);
        client.keyService().enable(KEY);
        pass(Duration.ofMinutes(1));
        assertThat(status()).isEqualTo("ACTIVE");
        assertThat(table().get("SSEDescription").has("InaccessibleEncryptionDateTime"))
                .isFalse();
        assertThat(client.call("GetItem", GET).get("Item").get("pk").get("S").asString())
                .isEqualTo("a");
        // Seven days count from the next loss.
        lose();
        pass(Duration.ofDays(3));
        assertThat(status()).isEqualTo("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
    }

    @Test
    void aKeyServiceThatDoesNotAnswerChangesNothing() {
        client.keyService().down(true);
        pass(Duration.ofDays(8));
        assertThat(status()).isEqualTo("ACTIVE");
        assertThat(client.call("GetItem", GET).has("Item")).isTrue();
        assertThat(refused(
                        "CreateTable",
                        "{TableName: 'more', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: "
                                + "'HASH'}], AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                                + "SSESpecification: {Enabled: true}}"))
                .startsWith("THROTTLING: ");
    }

    @Test
    void aTableUnderAnotherKeyIsNotTouched() {
        create("others", "SSESpecification: {Enabled: true}");
        create("owned", "SSESpecification: {Enabled: false}");
        lose();
        assertThat(client.call("Scan", "{TableName: 'others'}").get("Count").asInt())
                .isZero();
        assertThat(client.call("Scan", "{TableName: 'owned'}").get("Count").asInt())
                .isZero();
    }

    @Test
    void itsStreamIsDescribedAndNotRead() {
        String stream = table().get("LatestStreamArn").asString();
        String shard = client.callStreams("DescribeStream", "{StreamArn: '" + stream + "'}")
                .get("StreamDescription")
                .get("Shards")
                .get(0)
                .get("ShardId")
                .asString();
        String begin = "{StreamArn: '" + stream + "', ShardId: '" + shard + "', ShardIteratorType: 'TRIM_HORIZON'}";
        String iterator = client.callStreams("GetShardIterator", begin)
                .get("ShardIterator")
                .asString();
        lose();
        assertThat(client.callStreams("DescribeStream", "{StreamArn: '" + stream + "'}")
                        .get("StreamDescription")
                        .get("StreamStatus")
                        .asString())
                .isEqualTo("ENABLED");
        ApiException refusal = Assertions.catchThrowableOfType(
                ApiException.class, () -> client.callStreams("GetRecords", "{ShardIterator: '" + iterator + "'}"));
        assertThat(refusal.code() + ": " + refusal.text()).isEqualTo(DENIED);
    }

    @Test
    void expiredItemsStayUntilTheKeyIsBack() {
        client.call(
                "UpdateTimeToLive",
                "{TableName: 'orders', TimeToLiveSpecification: {AttributeName: 't', Enabled: true}}");
        client.call(
                "PutItem",
                "{TableName: 'orders', Item: {pk: {S: 'b'}, t: {N: '"
                        + now.plusSeconds(60).getEpochSecond() + "'}}}");
        lose();
        now = now.plus(Duration.ofHours(1));
        assertThat(client.sweep()).isZero();
        client.keyService().enable(KEY);
        pass(Duration.ofMinutes(1));
        assertThat(client.sweep()).isEqualTo(1);
    }

    @Test
    void afterSevenDaysTheTableIsArchivedAndItsBackupIsRestoredWithTheKey() {
        lose();
        pass(Duration.ofDays(7));
        assertThat(status()).isEqualTo("ARCHIVED");
        JsonNode archival = table().get("ArchivalSummary");
        assertThat(archival.get("ArchivalReason").asString()).isEqualTo("INACCESSIBLE_ENCRYPTION_CREDENTIALS");
        assertThat(archival.get("ArchivalDateTime").asDouble()).isEqualTo((double) now.getEpochSecond());
        String backup = archival.get("ArchivalBackupArn").asString();
        JsonNode described =
                client.call("DescribeBackup", "{BackupArn: '" + backup + "'}").get("BackupDescription");
        assertThat(described.get("BackupDetails").get("BackupStatus").asString())
                .isEqualTo("AVAILABLE");
        assertThat(described.get("SourceTableFeatureDetails").get("SSEDescription"))
                .isEqualTo(Client.json("{Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: '" + KEY + "'}"));
        assertThat(refused("GetItem", GET)).isEqualTo(DENIED);
        assertThat(refused("UpdateTable", "{TableName: 'orders', DeletionProtectionEnabled: true}"))
                .startsWith("RESOURCE_IN_USE: ");
        String restore = "{TargetTableName: 'again', BackupArn: '" + backup + "'}";
        assertThat(refused("RestoreTableFromBackup", restore))
                .startsWith("VALIDATION: One or more parameter values were invalid: KMS validation error: ");
        // It stays archived, and its backup can be restored once more, also after it is deleted.
        client.call("DeleteTable", "{TableName: 'orders'}");
        client.keyService().enable(KEY);
        pass(Duration.ofMinutes(1));
        client.call("RestoreTableFromBackup", restore);
        Awaitility.await()
                .until(() -> client.call("DescribeTable", "{TableName: 'again'}")
                        .get("Table")
                        .get("TableStatus")
                        .asString()
                        .equals("ACTIVE"));
        assertThat(client.call("Scan", "{TableName: 'again'}").get("Count").asInt())
                .isEqualTo(1);
    }

    @Test
    void aKeyThatComesBackAfterTheArchivalLeavesTheTableArchived() {
        lose();
        pass(Duration.ofDays(7));
        String backup = table().get("ArchivalSummary").get("ArchivalBackupArn").asString();
        client.keyService().enable(KEY);
        pass(Duration.ofMinutes(1));
        assertThat(status()).isEqualTo("ARCHIVED");
        assertThat(table().get("SSEDescription").has("InaccessibleEncryptionDateTime"))
                .isFalse();
        assertThat(table().get("ArchivalSummary").get("ArchivalBackupArn").asString())
                .isEqualTo(backup);
        assertThat(refused("GetItem", GET)).isEqualTo(DENIED);
    }

    @Test
    void aBackupNeedsTheKeyOfItsTime() {
        client.call("CreateBackup", "{TableName: 'orders', BackupName: 'one'}");
        String backup = client.call("ListBackups", "{}")
                .get("BackupSummaries")
                .get(0)
                .get("BackupArn")
                .asString();
        client.call("UpdateTable", "{TableName: 'orders', SSESpecification: {Enabled: false}}");
        assertThat(client.call("DescribeBackup", "{BackupArn: '" + backup + "'}")
                        .get("BackupDescription")
                        .get("SourceTableFeatureDetails")
                        .get("SSEDescription")
                        .get("KMSMasterKeyArn")
                        .asString())
                .isEqualTo(KEY);
        client.keyService().refuse(KEY, Reason.NOT_FOUND);
        String restore =
                "{TargetTableName: 'again', SSESpecificationOverride: {Enabled: false}, BackupArn: '" + backup + "'}";
        assertThat(refused("RestoreTableFromBackup", restore))
                .isEqualTo("VALIDATION: One or more parameter values were invalid: KMS validation error: "
                        + "com.amazonaws.services.kms.model.NotFoundException: Key '" + KEY + "' does not exist "
                        + "(Service: AWSKMS; Status Code: 400; Error Code: NotFoundException; Request ID: null; "
                        + "Proxy: null)");
        client.keyService().enable(KEY);
        assertThat(client.call("RestoreTableFromBackup", restore)
                        .get("TableDescription")
                        .has("SSEDescription"))
                .isFalse();
    }

    @Test
    void anAliasIsResolvedOnce() {
        String alias = "arn:aws:kms:us-east-1:000000000000:alias/ours";
        client.keyService().point(alias, KEY + "-1");
        create("aliased", "SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: 'alias/ours'}");
        client.keyService().point(alias, KEY + "-2");
        client.keyService().refuse(KEY + "-2", Reason.DISABLED);
        pass(Duration.ofMinutes(1));
        assertThat(client.call("DescribeTable", "{TableName: 'aliased'}")
                        .get("Table")
                        .get("SSEDescription")
                        .get("KMSMasterKeyArn")
                        .asString())
                .isEqualTo(KEY + "-1");
        assertThat(client.call("Scan", "{TableName: 'aliased'}").get("Count").asInt())
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DISABLED|VALIDATION: One or more parameter values were invalid: KMS validation error: ",
                "NOT_FOUND|VALIDATION: One or more parameter values were invalid: KMS validation error: ",
                "ACCESS_DENIED|ACCESS_DENIED: KMS key access denied error: "
            })
    void aKeyThatCannotBeUsedIsRefusedForATable(Reason reason, String text) {
        client.keyService().refuse(KEY + "-2", reason);
        String key = "SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: '" + KEY + "-2'}";
        assertThat(refused("UpdateTable", "{TableName: 'orders', " + key + "}")).startsWith(text);
        Assertions.assertThatThrownBy(() -> create("more", key)).isInstanceOf(ApiException.class);
        assertThat(client.call("ListTables", "{}").get("TableNames")).hasSize(1);
    }

    @Test
    void onlyASymmetricKeyCanBeThatOfATable() {
        assertThat(refused(
                        "UpdateTable",
                        "{TableName: 'orders', SSESpecification: {Enabled: true, SSEType: 'KMS', KMSMasterKeyId: "
                                + "'rsa'}}"))
                .contains("symmetric");
    }
}
