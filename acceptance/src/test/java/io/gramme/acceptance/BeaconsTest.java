package io.gramme.acceptance;

import static io.gramme.acceptance.Attributes.get;
import static io.gramme.acceptance.Attributes.n;
import static io.gramme.acceptance.Attributes.s;
import static io.gramme.acceptance.EncryptedItemsTest.withoutFrame;
import static io.gramme.acceptance.EncryptingClients.MATERIALS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.ENCRYPT_AND_SIGN;
import static software.amazon.cryptography.dbencryptionsdk.structuredencryption.model.CryptoAction.SIGN_ONLY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.AsSet;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.BeaconKeySource;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.BeaconStyle;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.BeaconVersion;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.CompoundBeacon;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.Constructor;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.ConstructorPart;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.DynamoDbTableEncryptionConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.EncryptedPart;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.SearchConfig;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.SignedPart;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.SingleKeyStore;
import software.amazon.cryptography.dbencryptionsdk.dynamodb.model.StandardBeacon;
import software.amazon.cryptography.keystore.KeyStore;
import software.amazon.cryptography.keystore.model.CreateKeyInput;
import software.amazon.cryptography.keystore.model.CreateKeyStoreInput;
import software.amazon.cryptography.materialproviders.model.CreateAwsKmsHierarchicalKeyringInput;

/**
 * Searching what is encrypted. A beacon is a truncated HMAC of an attribute that the client stores beside it; the
 * client writes the beacons into the expressions of a request, and drops from the answer what met one by chance.
 */
@Tag("slow")
class BeaconsTest {
    private static final String TABLE = "inspections";
    private static final String BRANCH_KEYS = "branch-keys";

    private static InMemoryGramme gramme;
    private static KmsClient kms;
    private static DynamoDbClient encrypting;

    @BeforeAll
    static void start() {
        gramme = new InMemoryGramme();
        kms = EncryptingClients.kms(gramme.url());
        String arn = kms.createKey().keyMetadata().arn();
        KeyStore store = EncryptingClients.keyStore(gramme.url(), kms, BRANCH_KEYS, arn);
        store.CreateKeyStore(CreateKeyStoreInput.builder().build());
        gramme.client.waiter().waitUntilTableExists(request -> request.tableName(BRANCH_KEYS));
        String branch = store.CreateKey(CreateKeyInput.builder().build()).branchKeyIdentifier();
        encrypting = EncryptingClients.of(gramme.url(), config(store, branch));
        encrypting.createTable(request -> request.tableName(TABLE)
                .billingMode("PAY_PER_REQUEST")
                .attributeDefinitions(
                        Schemas.attribute("id", ScalarAttributeType.N),
                        Schemas.attribute("aws_dbe_b_person", ScalarAttributeType.S),
                        Schemas.attribute("aws_dbe_b_where", ScalarAttributeType.S))
                .keySchema(Schemas.hash("id"))
                .globalSecondaryIndexes(Schemas.global(
                        "people", Schemas.all(), Schemas.hash("aws_dbe_b_person"), Schemas.range("aws_dbe_b_where"))));
        encrypting.waiter().waitUntilTableExists(request -> request.tableName(TABLE));
        IntStream.range(0, 24)
                .forEach(id ->
                        encrypting.putItem(request -> request.tableName(TABLE).item(inspection(id))));
    }

    @AfterAll
    static void stop() {
        encrypting.close();
        kms.close();
        gramme.close();
    }

    /** Beacons of two bits for persons, so that most of them are met by several. */
    private static DynamoDbTableEncryptionConfig config(KeyStore store, String branch) {
        var version = BeaconVersion.builder()
                .version(1)
                .keyStore(store)
                .keySource(BeaconKeySource.builder()
                        .single(SingleKeyStore.builder()
                                .keyId(branch)
                                .cacheTTL(60)
                                .build())
                        .build())
                .standardBeacons(List.of(
                        StandardBeacon.builder().name("person").length(2).build(),
                        StandardBeacon.builder().name("city").length(16).build(),
                        StandardBeacon.builder()
                                .name("tags")
                                .length(16)
                                .style(BeaconStyle.builder()
                                        .asSet(AsSet.builder().build())
                                        .build())
                                .build()))
                .compoundBeacons(List.of(CompoundBeacon.builder()
                        .name("where")
                        .split(".")
                        .encrypted(List.of(EncryptedPart.builder()
                                .name("city")
                                .prefix("C-")
                                .build()))
                        .signed(List.of(SignedPart.builder()
                                .name("visited")
                                .prefix("D-")
                                .build()))
                        .constructors(List.of(Constructor.builder()
                                .parts(List.of(
                                        ConstructorPart.builder()
                                                .name("city")
                                                .required(true)
                                                .build(),
                                        ConstructorPart.builder()
                                                .name("visited")
                                                .required(true)
                                                .build()))
                                .build()))
                        .build()))
                .build();
        return DynamoDbTableEncryptionConfig.builder()
                .logicalTableName(TABLE)
                .partitionKeyName("id")
                .attributeActionsOnEncrypt(Map.of(
                        "id", SIGN_ONLY,
                        "person", ENCRYPT_AND_SIGN,
                        "city", ENCRYPT_AND_SIGN,
                        "tags", ENCRYPT_AND_SIGN,
                        "visited", SIGN_ONLY))
                .keyring(MATERIALS.CreateAwsKmsHierarchicalKeyring(CreateAwsKmsHierarchicalKeyringInput.builder()
                        .keyStore(store)
                        .branchKeyId(branch)
                        .ttlSeconds(60)
                        .build()))
                .search(SearchConfig.builder()
                        .writeVersion(1)
                        .versions(List.of(version))
                        .build())
                .build();
    }

    /** Of eight persons, in one of three cities, on a day of its own. */
    private static Map<String, AttributeValue> inspection(int id) {
        return Map.of(
                "id", n(id),
                "person", s("person " + id % 8),
                "city", s("city " + id % 3),
                "tags", AttributeValue.fromSs(List.of("tag " + id % 2, "tag " + (2 + id % 5))),
                "visited", s(String.format("2026-%02d", id)));
    }

    private static QueryRequest query(Consumer<QueryRequest.Builder> more) {
        var request = QueryRequest.builder().tableName(TABLE).indexName("people");
        more.accept(request);
        return request.build();
    }

    private static List<Integer> ids(Iterable<Map<String, AttributeValue>> items) {
        var ids = new ArrayList<Integer>();
        items.forEach(item -> {
            int id = Integer.parseInt(get(item, "id").n());
            assertThat(Attributes.unordered(Attributes.only(item, inspection(id).keySet())))
                    .isEqualTo(Attributes.unordered(inspection(id)));
            ids.add(id);
        });
        return ids;
    }

    @Test
    void aQueryByBeaconsFindsTheItemsThatWereMeantAndNoOthers() {
        for (int person = 0; person < 8; person++) {
            Map<String, AttributeValue> values = Map.of(":person", s("person " + person));
            assertThat(ids(encrypting
                            .query(query(request -> request.keyConditionExpression("person = :person")
                                    .expressionAttributeValues(values)))
                            .items()))
                    .containsExactlyInAnyOrder(person, person + 8, person + 16);
        }
    }

    @Test
    void thePlainClientSeesBeaconsThatSeveralPersonsShare() {
        List<Map<String, AttributeValue>> stored =
                gramme.client.scan(request -> request.tableName(TABLE)).items();
        assertThat(stored)
                .hasSize(24)
                .allSatisfy(item -> {
                    assertThat(get(item, "aws_dbe_b_where").s())
                            .matches("C-[0-9a-f]+\\.D-" + get(item, "visited").s());
                    assertThat(get(item, "aws_dbe_b_tags").ss()).hasSize(2);
                })
                .extracting(item -> get(item, "aws_dbe_b_person").s())
                .matches(beacons -> Set.copyOf(beacons).size() <= 4, "four at most, of eight persons");
    }

    @Test
    void aPrefixOfACompoundBeaconIsASortKey() {
        assertThat(ids(encrypting
                        .query(query(request -> request.keyConditionExpression(
                                        "person = :person AND begins_with(#where, :city)")
                                .expressionAttributeNames(Map.of("#where", "where"))
                                .expressionAttributeValues(Map.of(":person", s("person 3"), ":city", s("C-city 2")))))
                        .items()))
                .containsExactly(11);
    }

    @Test
    void pagesAreAskedForUntilAllItemsAreFound() {
        assertThat(ids(encrypting
                        .queryPaginator(query(request -> request.keyConditionExpression("person = :person")
                                .limit(1)
                                .expressionAttributeValues(Map.of(":person", s("person 5")))))
                        .items()))
                .containsExactlyInAnyOrder(5, 13, 21);
    }

    @Test
    void filtersAreRewrittenForBeaconsAndSetsOfThem() {
        assertThat(ids(encrypting
                        .scanPaginator(request -> request.tableName(TABLE)
                                .filterExpression("contains(tags, :tag) AND city IN (:one, :two) AND visited < :day")
                                .expressionAttributeValues(Map.of(
                                        ":tag",
                                        s("tag 4"),
                                        ":one",
                                        s("city 1"),
                                        ":two",
                                        s("city 2"),
                                        ":day",
                                        s("2026-20"))))
                        .items()))
                .containsExactlyInAnyOrder(2, 7, 17);
        assertThat(ids(encrypting
                        .scanPaginator(request -> request.tableName(TABLE)
                                .filterExpression("contains(#where, :city) AND begins_with(visited, :days)")
                                .expressionAttributeNames(Map.of("#where", "where"))
                                .expressionAttributeValues(Map.of(":city", s("C-city 1"), ":days", s("2026-1"))))
                        .items()))
                .containsExactlyInAnyOrder(10, 13, 16, 19);
    }

    @Test
    void anEmptyKeyToStartFromIsRefusedByTheServer() {
        assertThatThrownBy(() -> encrypting.query(query(request -> request.keyConditionExpression("person = :person")
                        .exclusiveStartKey(Map.of())
                        .expressionAttributeValues(Map.of(":person", s("person 5"))))))
                .isInstanceOf(DynamoDbException.class)
                .hasMessageContaining("The provided starting key is invalid");
        assertThat(withoutFrame(encrypting
                        .getItem(request -> request.tableName(TABLE).key(Map.of("id", n(1))))
                        .item()))
                .containsKey("person");
    }
}
