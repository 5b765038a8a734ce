package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Schemas.all;
import static io.gramme.acceptance.Schemas.attribute;
import static io.gramme.acceptance.Schemas.global;
import static io.gramme.acceptance.Schemas.hash;
import static io.gramme.acceptance.Schemas.keysOnly;
import static io.gramme.acceptance.Schemas.local;
import static io.gramme.acceptance.Schemas.range;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.N;
import static software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType.S;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexUpdate;
import software.amazon.awssdk.services.dynamodb.model.IndexStatus;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.Tag;

/** Tables as the AWS SDK makes, changes, tags and drops them. */
@Timeout(60)
class SdkTablesTest {

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private final DynamoDbClient client = GRAMME.client;

    @Test
    void aTableIsDescribedAsItWasAskedFor() {
        TableDescription table = GRAMME.table(
                "described",
                request -> request.attributeDefinitions(attribute("id", S), attribute("at", N), attribute("kind", S))
                        .keySchema(hash("id"), range("at"))
                        .localSecondaryIndexes(local("local", keysOnly(), hash("id"), range("kind")))
                        .globalSecondaryIndexes(global("global", all(), hash("kind"), range("at"))));
        assertThat(table.tableStatus()).isEqualTo(TableStatus.ACTIVE);
        assertThat(table.tableArn()).isEqualTo("arn:aws:dynamodb:eu-west-1:111111111111:table/described");
        assertThat(table.tableId()).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(table.keySchema()).containsExactly(hash("id"), range("at"));
        assertThat(table.billingModeSummary().billingMode()).isEqualTo(BillingMode.PAY_PER_REQUEST);
        assertThat(table.creationDateTime()).isBetween(Instant.now().minus(Duration.ofMinutes(1)), Instant.now());
        assertThat(table.localSecondaryIndexes())
                .extracting(LocalSecondaryIndexDescription::indexArn)
                .containsExactly(table.tableArn() + "/index/local");
        assertThat(table.globalSecondaryIndexes())
                .extracting(GlobalSecondaryIndexDescription::indexStatus)
                .containsExactly(IndexStatus.ACTIVE);
        assertThat(table.globalSecondaryIndexes().getFirst().backfilling()).isNull();
    }

    @Test
    void provisionedThroughputIsRaised() {
        client.createTable(request -> request.tableName("provisioned")
                .attributeDefinitions(attribute("id", S))
                .keySchema(hash("id"))
                .provisionedThroughput(units -> units.readCapacityUnits(5L).writeCapacityUnits(6L)));
        client.updateTable(request -> request.tableName("provisioned")
                .provisionedThroughput(units -> units.readCapacityUnits(7L).writeCapacityUnits(8L)));
        TableDescription table = await("provisioned", found -> found.tableStatus() == TableStatus.ACTIVE);
        assertThat(table.provisionedThroughput().readCapacityUnits()).isEqualTo(7);
        assertThat(table.provisionedThroughput().writeCapacityUnits()).isEqualTo(8);
        assertThat(table.provisionedThroughput().lastIncreaseDateTime()).isNotNull();
    }

    @Test
    void aTableThatThereIsCannotBeMadeAndOneThatThereIsNotCannotBeUsed() {
        plain("once");
        assertThatThrownBy(() -> plain("once")).isInstanceOf(ResourceInUseException.class);
        assertThatThrownBy(() -> client.describeTable(request -> request.tableName("never")))
                .isInstanceOfSatisfying(ResourceNotFoundException.class, e -> {
                    assertThat(e.awsErrorDetails().errorMessage())
                            .isEqualTo("Requested resource not found: Table: never not found");
                    assertThat(e.statusCode()).isEqualTo(400);
                });
        client.deleteTable(request -> request.tableName("once"));
        client.waiter().waitUntilTableNotExists(request -> request.tableName("once"));
        plain("once");
    }

    @Test
    void aProtectedTableIsNotDeletedBeforeItsProtection() {
        plain("kept");
        client.updateTable(request -> request.tableName("kept").deletionProtectionEnabled(true));
        assertThatThrownBy(() -> client.deleteTable(request -> request.tableName("kept")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("Resource cannot be deleted as it is currently protected against deletion.");
        client.updateTable(request -> request.tableName("kept").deletionProtectionEnabled(false));
        client.deleteTable(request -> request.tableName("kept"));
    }

    @Test
    void tablesAreListedPageByPageInTheOrderOfTheirNames() {
        try (var alone = GRAMME.client("222222222222", Region.EU_WEST_1)) {
            List<String> names = List.of("a-1", "a-2", "a-3", "b-1", "b-2");
            for (String name : names.reversed()) {
                alone.createTable(request -> request.tableName(name)
                        .billingMode(BillingMode.PAY_PER_REQUEST)
                        .attributeDefinitions(attribute("id", S))
                        .keySchema(hash("id")));
            }
            assertThat(alone.listTablesPaginator(request -> request.limit(2)).tableNames())
                    .containsExactlyElementsOf(names);
        }
    }

    @Test
    void tagsAreAddedChangedAndTakenAway() {
        String arn = plain("tagged").tableArn();
        client.tagResource(request -> request.resourceArn(arn).tags(tag("a", "1"), tag("b", "2")));
        client.tagResource(request -> request.resourceArn(arn).tags(tag("b", "3"), tag("c", "")));
        client.untagResource(request -> request.resourceArn(arn).tagKeys("a"));
        assertThat(client.listTagsOfResource(request -> request.resourceArn(arn))
                        .tags())
                .containsExactlyInAnyOrder(tag("b", "3"), tag("c", ""));
    }

    @Test
    void anIndexIsMadeAndDroppedWhileTheTableIsInUse() {
        plain("growing");
        for (int i = 0; i < 200; i++) {
            Map<String, AttributeValue> item =
                    i % 4 == 0 ? Map.of("id", s("" + i)) : Map.of("id", s("" + i), "kind", s("k"), "rank", n(i));
            client.putItem(request -> request.tableName("growing").item(item));
        }
        client.updateTable(request -> request.tableName("growing")
                .attributeDefinitions(attribute("kind", S), attribute("rank", N))
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .create(index -> index.indexName("by-kind")
                                .keySchema(hash("kind"), range("rank"))
                                .projection(all()))
                        .build()));
        client.putItem(request ->
                request.tableName("growing").item(Map.of("id", s("late"), "kind", s("k"), "rank", n(1_000))));
        TableDescription table = await(
                "growing",
                found -> found.hasGlobalSecondaryIndexes()
                        && found.globalSecondaryIndexes().getFirst().indexStatus() == IndexStatus.ACTIVE);
        assertThat(table.attributeDefinitions()).hasSize(3);
        assertThat(IndexAudit.check(client, "growing")).hasSize(201);
        assertThat(client.query(request -> request.tableName("growing")
                                .indexName("by-kind")
                                .keyConditionExpression("kind = :k AND #rank > :r")
                                .expressionAttributeNames(Map.of("#rank", "rank"))
                                .expressionAttributeValues(Map.of(":k", s("k"), ":r", n(150))))
                        .count())
                .isEqualTo(38);

        client.updateTable(request -> request.tableName("growing")
                .globalSecondaryIndexUpdates(GlobalSecondaryIndexUpdate.builder()
                        .delete(index -> index.indexName("by-kind"))
                        .build()));
        await("growing", found -> !found.hasGlobalSecondaryIndexes() && found.tableStatus() == TableStatus.ACTIVE);
        assertThatThrownBy(() ->
                        client.scan(request -> request.tableName("growing").indexName("by-kind")))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("The table does not have the specified index: by-kind");
    }

    private TableDescription plain(String name) {
        return GRAMME.table(
                name,
                request -> request.attributeDefinitions(attribute("id", S)).keySchema(hash("id")));
    }

    private TableDescription await(String table, Predicate<TableDescription> state) {
        while (true) {
            TableDescription found =
                    client.describeTable(request -> request.tableName(table)).table();
            if (state.test(found)) {
                return found;
            }
        }
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
