package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.b;
import static io.gramme.acceptance.Attributes.get;
import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.Attributes.unordered;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.DO_NOTHING;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.ENCRYPT_AND_SIGN;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.SIGN_ONLY;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Get;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTableEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction;

/** Items whose attributes are encrypted and signed in the client: every operation gives them back as they were. */
@Tag("slow")
class EncryptedItemsTest {
    private static final String TABLE = "sealed";

    private static InMemoryGramme gramme;
    private static DynamoDbClient encrypting;

    @BeforeAll
    static void start() {
        gramme = new InMemoryGramme();
        gramme.table(
                TABLE,
                table -> table.attributeDefinitions(
                                Schemas.attribute("p", ScalarAttributeType.S),
                                Schemas.attribute("s", ScalarAttributeType.N))
                        .keySchema(Schemas.hash("p"), Schemas.range("s")));
        Map<String, CryptoAction> actions = new HashMap<>(Map.of(
                "p", SIGN_ONLY, "s", SIGN_ONLY, "secret", ENCRYPT_AND_SIGN, "open", SIGN_ONLY, ":loose", DO_NOTHING));
        values().keySet().forEach(name -> {
            actions.put("secret-" + name, ENCRYPT_AND_SIGN);
            actions.put("open-" + name, SIGN_ONLY);
        });
        encrypting = EncryptingClients.of(
                gramme.url(),
                DynamoDbTableEncryptionConfig.builder()
                        .logicalTableName(TABLE)
                        .partitionKeyName("p")
                        .sortKeyName("s")
                        .attributeActionsOnEncrypt(actions)
                        .allowedUnsignedAttributePrefix(":")
                        .keyring(EncryptingClients.rawAes())
                        .build());
    }

    @AfterAll
    static void stop() {
        encrypting.close();
        gramme.close();
    }

    /** One value of each form that a signature covers, as DynamoDB gives it back. */
    private static Map<String, AttributeValue> values() {
        var values = new HashMap<String, AttributeValue>();
        values.put("empty", s(""));
        values.put("text", s("naïve \uD83D\uDC1F \u0000 \"\\"));
        values.put("null", fromNul(true));
        values.put("false", fromBool(false));
        values.put("bytes", b((byte) 0, (byte) 0xff, (byte) 0x80));
        values.put("noBytes", b());
        values.put("number", fromN("12345678901234567890123456789012345678"));
        values.put("tiny", fromN("0.00000000000000000000000000000000000000000000000000000001"));
        values.put("texts", fromSs(List.of("z", "", "ab", "\uFFFD", "\uD83D\uDC1F")));
        values.put("numbers", fromNs(List.of("10", "-1", "9", "0.5")));
        values.put(
                "blobs", fromBs(List.of(SdkBytes.fromByteArray(new byte[] {-1}), SdkBytes.fromByteArray(new byte[0]))));
        values.put("list", fromL(List.of(fromL(List.of()), s(""), fromNul(true), fromN("0"))));
        values.put(
                "map", fromM(Map.of("b", fromM(Map.of()), "a", fromM(Map.of("\uD83D\uDC1F", n(1), "\uFFFD", n(2))))));
        return values;
    }

    private static Map<String, AttributeValue> key(String partition, long sort) {
        return Map.of("p", s(partition), "s", n(sort));
    }

    private static Map<String, AttributeValue> item(String partition, long sort) {
        return Map.of("p", s(partition), "s", n(sort), "secret", s("of " + sort), "open", n(sort), ":loose", n(0));
    }

    private static Map<String, AttributeValue> plain(String partition, long sort) {
        return gramme.client
                .getItem(request -> request.tableName(TABLE).key(key(partition, sort)))
                .item();
    }

    private static Map<String, AttributeValue> decrypted(String partition, long sort) {
        return withoutFrame(encrypting
                .getItem(request -> request.tableName(TABLE).key(key(partition, sort)))
                .item());
    }

    /** The item that the application wrote: an answer has the header and the signatures too. */
    static Map<String, AttributeValue> withoutFrame(Map<String, AttributeValue> item) {
        return item.entrySet().stream()
                .filter(entry -> !entry.getKey().startsWith("aws_dbe_"))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static void put(Map<String, AttributeValue> item) {
        encrypting.putItem(request -> request.tableName(TABLE).item(item));
    }

    @Test
    void everyKindOfValueComesBackAsItWasWhetherEncryptedOrOnlySigned() {
        var item = new HashMap<>(key("kinds", 1));
        values().forEach((name, value) -> {
            item.put("secret-" + name, value);
            item.put("open-" + name, value);
        });
        put(item);
        assertThat(unordered(decrypted("kinds", 1))).isEqualTo(unordered(item));
        Map<String, AttributeValue> stored = plain("kinds", 1);
        assertThat(stored).containsKeys("aws_dbe_head", "aws_dbe_foot");
        values().forEach((name, value) -> {
            assertThat(get(stored, "secret-" + name).type()).as(name).isEqualTo(AttributeValue.Type.B);
            assertThat(unordered(Map.of(name, get(stored, "open-" + name)))).isEqualTo(unordered(Map.of(name, value)));
        });
    }

    @Test
    void numbersAreSignedInTheFormThatTheServerGivesThemBackIn() {
        Map<String, String> forms = Map.of(
                "1.0",
                "1",
                "1E2",
                "100",
                "-0",
                "0",
                "000.500",
                "0.5",
                "1e-7",
                "0.0000001",
                "+7",
                "7",
                "1E125",
                "1" + "0".repeat(125),
                "0.00012345678901234567890123456789012345678",
                "0.00012345678901234567890123456789012345678",
                "-9.9999999999999999999999999999999999999E+125",
                "-" + "9".repeat(38) + "0".repeat(88));
        int sort = 0;
        for (Map.Entry<String, String> form : forms.entrySet()) {
            sort++;
            var item = new HashMap<>(key("numbers", sort));
            item.put("open", fromL(List.of(fromN(form.getKey()), fromNs(List.of(form.getKey(), "3")))));
            item.put("secret", fromN(form.getKey()));
            put(item);
            Map<String, AttributeValue> read = decrypted("numbers", sort);
            assertThat(get(read, "secret").n()).as(form.getKey()).isEqualTo(form.getValue());
            assertThat(get(read, "open").l().getFirst().n()).as(form.getKey()).isEqualTo(form.getValue());
        }
        var key = new HashMap<>(item("numbers", 0));
        key.put("s", fromN("1.50E3"));
        put(key);
        assertThat(decrypted("numbers", 1500)).containsEntry("s", n(1500)).containsEntry("secret", s("of 0"));
    }

    @Test
    void batchesTransactionsAndScansCarryEncryptedItems() {
        List<WriteRequest> puts = IntStream.range(0, 25)
                .mapToObj(sort -> WriteRequest.builder()
                        .putRequest(
                                PutRequest.builder().item(item("batch", sort)).build())
                        .build())
                .toList();
        encrypting.batchWriteItem(request -> request.requestItems(Map.of(TABLE, puts)));
        var keys = KeysAndAttributes.builder()
                .keys(List.of(key("batch", 3), key("batch", 24), key("batch", 99)))
                .build();
        assertThat(encrypting
                        .batchGetItem(request -> request.requestItems(Map.of(TABLE, keys)))
                        .responses()
                        .get(TABLE))
                .extracting(EncryptedItemsTest::withoutFrame)
                .containsExactlyInAnyOrder(item("batch", 3), item("batch", 24));
        encrypting.transactWriteItems(request -> request.transactItems(
                TransactWriteItem.builder()
                        .put(put -> put.tableName(TABLE)
                                .item(item("batch", 30))
                                .conditionExpression("attribute_not_exists(p)"))
                        .build(),
                TransactWriteItem.builder()
                        .delete(delete -> delete.tableName(TABLE).key(key("batch", 0)))
                        .build(),
                TransactWriteItem.builder()
                        .conditionCheck(check ->
                                check.tableName(TABLE).key(key("batch", 2)).conditionExpression("attribute_exists(p)"))
                        .build()));
        Get get = Get.builder().tableName(TABLE).key(key("batch", 30)).build();
        assertThat(withoutFrame(encrypting
                        .transactGetItems(request -> request.transactItems(
                                TransactGetItem.builder().get(get).build()))
                        .responses()
                        .getFirst()
                        .item()))
                .isEqualTo(item("batch", 30));
        var again = TransactWriteItem.builder()
                .put(put -> put.tableName(TABLE).item(item("batch", 30)).conditionExpression("attribute_not_exists(p)"))
                .build();
        assertThatThrownBy(() -> encrypting.transactWriteItems(request -> request.transactItems(again)))
                .isInstanceOf(TransactionCanceledException.class);
        assertThat(encrypting
                        .scanPaginator(request -> request.tableName(TABLE)
                                .limit(7)
                                .filterExpression("p = :p")
                                .expressionAttributeValues(Map.of(":p", s("batch"))))
                        .items())
                .extracting(EncryptedItemsTest::withoutFrame)
                .containsExactlyInAnyOrderElementsOf(IntStream.concat(IntStream.range(1, 25), IntStream.of(30))
                        .mapToObj(sort -> item("batch", sort))
                        .toList());
    }

    @Test
    void unsignedAttributesAreUpdatedInPlaceAndWholeItemsReturned() {
        put(item("update", 1));
        Map<String, AttributeValue> after = encrypting
                .updateItem(request -> request.tableName(TABLE)
                        .key(key("update", 1))
                        .updateExpression("ADD #loose :one")
                        .conditionExpression("#open = :one")
                        .expressionAttributeNames(Map.of("#loose", ":loose", "#open", "open"))
                        .expressionAttributeValues(Map.of(":one", n(1)))
                        .returnValues(ReturnValue.ALL_NEW))
                .attributes();
        assertThat(after).containsEntry(":loose", n(1)).containsEntry("secret", s("of 1"));
        Map<String, AttributeValue> before = encrypting
                .putItem(request ->
                        request.tableName(TABLE).item(item("update", 1)).returnValues(ReturnValue.ALL_OLD))
                .attributes();
        assertThat(before).containsEntry(":loose", n(1)).containsEntry("secret", s("of 1"));
        assertThat(encrypting
                        .deleteItem(request ->
                                request.tableName(TABLE).key(key("update", 1)).returnValues(ReturnValue.ALL_OLD))
                        .attributes())
                .containsEntry("secret", s("of 1"));
    }

    @Test
    void queriesPageThroughEncryptedItemsInTheOrderOfTheirKeys() {
        IntStream.range(0, 10).forEach(sort -> put(item("pages", sort)));
        assertThat(encrypting
                        .queryPaginator(request -> request.tableName(TABLE)
                                .keyConditionExpression("p = :p AND s >= :from")
                                .scanIndexForward(false)
                                .limit(3)
                                .expressionAttributeValues(Map.of(":p", s("pages"), ":from", n(2))))
                        .items())
                .extracting(EncryptedItemsTest::withoutFrame)
                .containsExactlyElementsOf(IntStream.range(0, 8)
                        .mapToObj(down -> item("pages", 9 - down))
                        .toList());
    }

    @Test
    void aChangeByAPlainClientIsDetectedIfTheAttributeIsSignedAndOnlyThen() {
        put(item("forged", 1));
        set(":loose", n(9));
        assertThat(decrypted("forged", 1)).containsEntry(":loose", n(9));
        set("open", n(2));
        assertThatThrownBy(() -> decrypted("forged", 1)).hasMessageContaining("Signature of record does not match");
        put(item("forged", 1));
        set("secret", get(plain("forged", 1), "aws_dbe_foot"));
        assertThatThrownBy(() -> decrypted("forged", 1)).hasMessageContaining("Signature of record does not match");
        put(item("forged", 1));
        put(item("forged", 2));
        var moved = new HashMap<>(plain("forged", 2));
        moved.put("s", n(1));
        gramme.client.putItem(request -> request.tableName(TABLE).item(moved));
        assertThatThrownBy(() -> decrypted("forged", 1)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void partsOfASignedItemAreRefusedByTheClient() {
        put(item("parts", 1));
        assertThatThrownBy(() -> encrypting.getItem(
                        request -> request.tableName(TABLE).key(key("parts", 1)).projectionExpression("p, s, secret")))
                .hasMessageContaining("missing expected header and footer attributes");
    }

    private static void set(String name, AttributeValue value) {
        gramme.client.updateItem(request -> request.tableName(TABLE)
                .key(key("forged", 1))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", name))
                .expressionAttributeValues(Map.of(":value", value)));
    }
}
