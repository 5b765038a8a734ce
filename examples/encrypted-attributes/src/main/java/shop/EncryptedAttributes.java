package shop;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.DO_NOTHING;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.ENCRYPT_AND_SIGN;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.SIGN_ONLY;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.DynamoDbEncryptionInterceptor;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTableEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTablesEncryptionConfig;
import software.amazon.cryptography.materialproviders.IKeyring;
import software.amazon.cryptography.materialproviders.MaterialProviders;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsKeyringInput;
import software.amazon.cryptography.materialproviders.model.MaterialProvidersConfig;

/** Orders whose card and address only the shop can read, with the tables and the keys of one Gramme. */
public final class EncryptedAttributes {
    private static final String TABLE = "orders";

    private final URI gramme;

    private EncryptedAttributes(URI gramme) {
        this.gramme = gramme;
    }

    /** @param arguments the address of Gramme; {@code http://127.0.0.1:8000} without one */
    public static void main(String[] arguments) {
        new EncryptedAttributes(URI.create(arguments.length > 0 ? arguments[0] : "http://127.0.0.1:8000")).run();
    }

    private void run() {
        try (KmsClient kms = at(KmsClient.builder())
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build();
                DynamoDbClient plain = at(DynamoDbClient.builder())
                        .httpClientBuilder(UrlConnectionHttpClient.builder())
                        .build()) {
            String key = kms.createKey(request -> request.description("orders")).keyMetadata().arn();
            System.out.println("key " + key);
            createTable(plain);
            try (DynamoDbClient shop = encrypting(keyring(kms, key))) {
                write(shop);
                show("What the shop reads", read(shop, "2"));
                show("What is stored", read(plain, "2"));
                queryAndUpdate(shop);
                forge(plain);
                refused("The forged order", () -> read(shop, "1"));
                kms.disableKey(request -> request.keyId(key));
                refused("With the key disabled", () -> read(shop, "2"));
                kms.enableKey(request -> request.keyId(key));
                System.out.println("With the key enabled again: " + read(shop, "2").get("card").s());
            }
        }
    }

    /** For the account 111111111111: without {@code --auth}, an access key of twelve digits names the account. */
    private <B extends AwsClientBuilder<B, C>, C> B at(B builder) {
        return builder.endpointOverride(gramme)
                .region(Region.EU_WEST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("111111111111", "secret")));
    }

    private static IKeyring keyring(KmsClient kms, String key) {
        return MaterialProviders.builder()
                .MaterialProvidersConfig(MaterialProvidersConfig.builder().build())
                .build()
                .CreateAwsKmsKeyring(CreateAwsKmsKeyringInput.builder()
                        .kmsKeyId(key)
                        .kmsClient(kms)
                        .build());
    }

    /** The keys of the table can only be signed: the server finds and orders items by them. */
    private DynamoDbClient encrypting(IKeyring keyring) {
        var orders = DynamoDbTableEncryptionConfig.builder()
                .logicalTableName(TABLE)
                .partitionKeyName("customer")
                .sortKeyName("number")
                .attributeActionsOnEncrypt(Map.of(
                        "customer", SIGN_ONLY,
                        "number", SIGN_ONLY,
                        "total", SIGN_ONLY,
                        "card", ENCRYPT_AND_SIGN,
                        "address", ENCRYPT_AND_SIGN,
                        ":views", DO_NOTHING))
                .allowedUnsignedAttributePrefix(":")
                .keyring(keyring)
                .build();
        var interceptor = DynamoDbEncryptionInterceptor.builder()
                .config(DynamoDbTablesEncryptionConfig.builder()
                        .tableEncryptionConfigs(Map.of(TABLE, orders))
                        .build())
                .build();
        return at(DynamoDbClient.builder())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .addExecutionInterceptor(interceptor)
                        .build())
                .build();
    }

    private static void createTable(DynamoDbClient client) {
        client.createTable(request -> request.tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        AttributeDefinition.builder()
                                .attributeName("customer")
                                .attributeType(ScalarAttributeType.S)
                                .build(),
                        AttributeDefinition.builder()
                                .attributeName("number")
                                .attributeType(ScalarAttributeType.N)
                                .build())
                .keySchema(
                        KeySchemaElement.builder()
                                .attributeName("customer")
                                .keyType(KeyType.HASH)
                                .build(),
                        KeySchemaElement.builder()
                                .attributeName("number")
                                .keyType(KeyType.RANGE)
                                .build()));
        client.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
    }

    private static Map<String, AttributeValue> key(String number) {
        return Map.of("customer", fromS("ada"), "number", fromN(number));
    }

    private static Map<String, AttributeValue> order(String number, String total) {
        return Map.of(
                "customer", fromS("ada"),
                "number", fromN(number),
                "total", fromN(total),
                "card", fromS("4000 0000 0000 0002"),
                "address", fromM(Map.of("city", fromS("London"), "street", fromS("Dorset Street"))),
                ":views", fromN("0"));
    }

    /** One order by itself, two more in a transaction. */
    private static void write(DynamoDbClient shop) {
        shop.putItem(request -> request.tableName(TABLE).item(order("1", "10.50")));
        shop.transactWriteItems(request -> request.transactItems(
                inTransaction(order("2", "20")), inTransaction(order("3", "3E1"))));
    }

    private static TransactWriteItem inTransaction(Map<String, AttributeValue> order) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(order))
                .build();
    }

    private static Map<String, AttributeValue> read(DynamoDbClient client, String number) {
        return client.getItem(request -> request.tableName(TABLE).key(key(number))).item();
    }

    /** Expressions may read what is only signed, and change what is not signed. */
    private static void queryAndUpdate(DynamoDbClient shop) {
        List<Map<String, AttributeValue>> found = shop.query(request -> request.tableName(TABLE)
                        .keyConditionExpression("customer = :customer")
                        .filterExpression("#total >= :least")
                        .expressionAttributeNames(Map.of("#total", "total"))
                        .expressionAttributeValues(Map.of(":customer", fromS("ada"), ":least", fromN("20"))))
                .items();
        System.out.println("Orders of 20 and more: "
                + found.stream().map(order -> order.get("number").n()).toList());
        shop.updateItem(request -> request.tableName(TABLE)
                .key(key("2"))
                .updateExpression("ADD #views :one")
                .expressionAttributeNames(Map.of("#views", ":views"))
                .expressionAttributeValues(Map.of(":one", fromN("1"))));
        System.out.println("Views of order 2: " + read(shop, "2").get(":views").n());
        refused("An update of what is encrypted", () -> shop.updateItem(request -> request.tableName(TABLE)
                .key(key("2"))
                .updateExpression("SET card = :card")
                .expressionAttributeValues(Map.of(":card", fromS("none")))));
    }

    /** Someone who may write to the table, but does not have the key, lowers the price. */
    private static void forge(DynamoDbClient plain) {
        plain.updateItem(request -> request.tableName(TABLE)
                .key(key("1"))
                .updateExpression("SET #total = :little")
                .expressionAttributeNames(Map.of("#total", "total"))
                .expressionAttributeValues(Map.of(":little", fromN("0.01"))));
    }

    private static void refused(String what, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException refusal) {
            System.out.println(what + ": " + refusal.getMessage());
            return;
        }
        throw new IllegalStateException(what + " was not refused");
    }

    private static void show(String title, Map<String, AttributeValue> item) {
        System.out.println(title + ":");
        new TreeMap<>(item).forEach((name, value) -> System.out.println("  " + name + " = " + brief(value)));
    }

    private static String brief(AttributeValue value) {
        return switch (value.type()) {
            case B -> value.b().asByteArrayUnsafe().length + " bytes";
            case N -> value.n();
            case S -> value.s();
            default -> value.m().keySet().stream().sorted().toList().toString();
        };
    }
}
