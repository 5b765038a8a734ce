package io.gramme.embedded;

import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/** Tables with a partition key {@code id}, and items of two strings. */
final class Tables {
    private Tables() {}

    static TableDescription create(DynamoDbClient client, String name) {
        return create(client, name, _ -> {});
    }

    static void createWithStream(DynamoDbClient client, String name) {
        create(
                client,
                name,
                table -> table.streamSpecification(
                        stream -> stream.streamEnabled(true).streamViewType(StreamViewType.NEW_IMAGE)));
    }

    private static TableDescription create(
            DynamoDbClient client, String name, Consumer<CreateTableRequest.Builder> more) {
        client.createTable(table -> more.accept(table.tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(AttributeDefinition.builder()
                        .attributeName("id")
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(KeySchemaElement.builder()
                        .attributeName("id")
                        .keyType(KeyType.HASH)
                        .build())));
        return client.waiter()
                .waitUntilTableExists(describe -> describe.tableName(name))
                .matched()
                .response()
                .orElseThrow()
                .table();
    }

    static Map<String, AttributeValue> key(String id) {
        return Map.of("id", AttributeValue.fromS(id));
    }

    static Map<String, AttributeValue> item(String id, String text) {
        return Map.of("id", AttributeValue.fromS(id), "text", AttributeValue.fromS(text));
    }

    /** Empty if there is none. */
    static Map<String, AttributeValue> get(DynamoDbClient client, String table, String id) {
        return client.getItem(get -> get.tableName(table).key(key(id))).item();
    }
}
