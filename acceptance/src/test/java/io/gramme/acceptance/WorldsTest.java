package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** Each account has, in each region, tables of its own. */
@Timeout(60)
class WorldsTest {
    private static final String TABLE = "same-name";

    @AutoClose
    private static final InMemoryGramme GRAMME = new InMemoryGramme();

    private record World(String account, Region region) {
        DynamoDbClient client() {
            return GRAMME.client(account, region);
        }

        String arn() {
            return "arn:aws:dynamodb:" + region.id() + ":" + account + ":table/" + TABLE;
        }

        Map<String, AttributeValue> item() {
            return Map.of("id", s("one"), "home", s(arn()));
        }
    }

    private static final List<World> WORLDS = List.of(
            new World("111111111111", Region.EU_WEST_1),
            new World("111111111111", Region.US_EAST_1),
            new World("222222222222", Region.EU_WEST_1),
            new World("222222222222", Region.AP_SOUTHEAST_2));

    @Test
    void theSameNameIsAnotherTableInAnotherWorld() {
        for (World accountRegion : WORLDS) {
            try (DynamoDbClient client = accountRegion.client()) {
                assertThat(client.listTables().tableNames()).isEmpty();
                String arn = client.createTable(request -> request.tableName(TABLE)
                                .billingMode(BillingMode.PAY_PER_REQUEST)
                                .attributeDefinitions(Schemas.attribute("id", ScalarAttributeType.S))
                                .keySchema(Schemas.hash("id")))
                        .tableDescription()
                        .tableArn();
                assertThat(arn).isEqualTo(accountRegion.arn());
                client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
                // Its ARN is as good a name as its name.
                client.putItem(request -> request.tableName(accountRegion.arn()).item(accountRegion.item()));
            }
        }
        for (World accountRegion : WORLDS) {
            try (DynamoDbClient client = accountRegion.client()) {
                assertThat(client.scan(request -> request.tableName(TABLE)).items())
                        .containsExactly(accountRegion.item());
            }
        }
        try (DynamoDbClient first = WORLDS.getFirst().client();
                DynamoDbClient last = WORLDS.getLast().client()) {
            first.deleteTable(request -> request.tableName(WORLDS.getFirst().arn()));
            first.waiter().waitUntilTableNotExists(request -> request.tableName(TABLE));
            assertThatThrownBy(() -> first.scan(request -> request.tableName(TABLE)))
                    .isInstanceOf(ResourceNotFoundException.class);
            assertThat(last.scan(request -> request.tableName(TABLE)).count()).isEqualTo(1);
        }
    }

    @Test
    void theArnOfAnotherWorldOpensNothing() {
        try (DynamoDbClient client = GRAMME.client("333333333333", Region.EU_WEST_1)) {
            for (World accountRegion : WORLDS) {
                assertThatThrownBy(() -> client.scan(request -> request.tableName(accountRegion.arn())))
                        .isInstanceOf(DynamoDbException.class);
            }
        }
    }
}
