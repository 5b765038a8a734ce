package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static io.gramme.server.operation.CreateTableRequests.ALL;
import static io.gramme.server.operation.CreateTableRequests.INVALID;
import static io.gramme.server.operation.CreateTableRequests.ON_DEMAND;
import static io.gramme.server.operation.CreateTableRequests.PK;
import static io.gramme.server.operation.CreateTableRequests.PK_SK_A;
import static io.gramme.server.operation.CreateTableRequests.definitions;
import static io.gramme.server.operation.CreateTableRequests.global;
import static io.gramme.server.operation.CreateTableRequests.globals;
import static io.gramme.server.operation.CreateTableRequests.key;
import static io.gramme.server.operation.CreateTableRequests.local;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.TableDescription;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What CreateTable refuses about keys, definitions and indexes. */
class CreateTableSchemaTest {
    private final ControlPlane control = ControlPlane.slow();

    private TableDescription create(String... members) {
        return control.create("{TableName: 'orders', " + String.join(", ", members) + "}");
    }

    private String refused(String... members) {
        return refusal(() -> create(members));
    }

    @Test
    void keyAndDefinitionsAreNeeded() {
        assertThat(refused(ON_DEMAND, definitions("pk")))
                .isEqualTo("VALIDATION: 1 validation error detected: Value null at 'keySchema' failed to satisfy "
                        + "constraint: Member must not be null");
        assertThat(refused(ON_DEMAND))
                .isEqualTo("VALIDATION: 2 validation errors detected: Value null at 'attributeDefinitions' failed to "
                        + "satisfy constraint: Member must not be null; Value null at 'keySchema' failed to satisfy "
                        + "constraint: Member must not be null");
    }

    @Test
    void theTableKeyIsHashThenRange() {
        assertThat(refused(ON_DEMAND, definitions("pk", "sk"), key("sk", "RANGE", "pk", "HASH")))
                .isEqualTo("VALIDATION: Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        assertThat(refused(ON_DEMAND, definitions("pk", "sk"), key("pk", "HASH", "sk", "HASH")))
                .isEqualTo("VALIDATION: Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
        assertThat(refused(ON_DEMAND, definitions("pk", "sk"), key("pk", "HASH", "pk", "RANGE")))
                .isEqualTo(
                        "VALIDATION: Both the Hash Key and the Range Key element in the KeySchema have the same name");
        assertThat(refused(ON_DEMAND, definitions("a", "b", "c"), key("a", "HASH", "b", "RANGE", "c", "RANGE")))
                .isEqualTo(
                        "VALIDATION: 1 validation error detected: Value '[KeySchemaElement(attributeName=a, keyType=HASH), "
                                + "KeySchemaElement(attributeName=b, keyType=RANGE), "
                                + "KeySchemaElement(attributeName=c, keyType=RANGE)]' at 'keySchema' failed to satisfy "
                                + "constraint: Member must have length less than or equal to 2");
    }

    @Test
    void definitionsAreExactlyTheAttributesOfKeys() {
        assertThat(refused(ON_DEMAND, definitions(), key("pk", "HASH")))
                .isEqualTo("VALIDATION: Invalid KeySchema: Some index key attribute have no definition");
        assertThat(refused(ON_DEMAND, definitions("pk", "x"), key("pk", "HASH", "sk", "RANGE")))
                .isEqualTo("VALIDATION: Invalid KeySchema: Some index key attribute have no definition");
        assertThat(refused(ON_DEMAND, definitions("other"), key("pk", "HASH")))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [pk], "
                        + "AttributeDefinitions: [other]");
        assertThat(refused(ON_DEMAND, definitions("pk", "pk"), key("pk", "HASH")))
                .isEqualTo("VALIDATION: Attribute Name is duplicated: pk");
        assertThat(refused(ON_DEMAND, definitions("pk", "extra"), key("pk", "HASH")))
                .isEqualTo(INVALID + "Number of attributes in KeySchema does not exactly match number of attributes "
                        + "defined in AttributeDefinitions");
        assertThat(refused(ON_DEMAND, definitions("pk", "a", "x"), key("pk", "HASH"), global(key("a", "HASH"), ALL)))
                .isEqualTo(INVALID + "Some AttributeDefinitions are not used. AttributeDefinitions: [pk, a, x], "
                        + "keys used: [pk, a]");
    }

    @Test
    void anUnusedDefinitionIsReportedBeforeTheRestOfAnIndex() {
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "a", "x"),
                        key("pk", "HASH"),
                        global(key("a", "HASH"), "Projection: {}")))
                .startsWith(INVALID + "Some AttributeDefinitions are not used.");
    }

    @Test
    void localIndexesNeedATableWithARangeKeyAndItsHashKey() {
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "a"),
                        key("pk", "HASH"),
                        local(key("pk", "HASH", "a", "RANGE"), ALL)))
                .isEqualTo(INVALID + "Table KeySchema does not have a range key, which is required when specifying a "
                        + "LocalSecondaryIndex");
        assertThat(refused(ON_DEMAND, PK_SK_A, local(key("pk", "HASH"), ALL)))
                .isEqualTo(INVALID + "Index KeySchema does not have a range key for index: local-a");
        assertThat(refused(ON_DEMAND, PK_SK_A, local(key("a", "HASH", "pk", "RANGE"), ALL)))
                .isEqualTo(INVALID + "Index KeySchema does not have the same leading hash key as table KeySchema for "
                        + "index: local-a. index hash key: a, table hash key: pk");
        assertThat(refused(ON_DEMAND, PK_SK_A, local(key("pk", "HASH", "a", "RANGE", "sk", "RANGE"), ALL)))
                .isEqualTo("VALIDATION: 1 validation error detected: Value "
                        + "'[KeySchemaElement(attributeName=pk, keyType=HASH), "
                        + "KeySchemaElement(attributeName=a, keyType=RANGE), "
                        + "KeySchemaElement(attributeName=sk, keyType=RANGE)]' at 'localSecondaryIndexes.1.member.keySchema' failed to satisfy constraint: "
                        + "Member must have length less than or equal to 2");
        assertThat(refused(ON_DEMAND, PK, "LocalSecondaryIndexes: []"))
                .isEqualTo(INVALID + "List of LocalSecondaryIndexes is empty");
    }

    @Test
    void globalIndexesMayHaveFourAttributesOfEachKind() {
        String definitions = definitions("pk", "b", "c", "d", "e", "f", "g", "h", "i");
        assertThat(create(
                                ON_DEMAND,
                                definitions,
                                key("pk", "HASH"),
                                global(
                                        key(
                                                "b", "HASH", "c", "HASH", "d", "HASH", "e", "HASH", "f", "RANGE", "g",
                                                "RANGE", "h", "RANGE", "i", "RANGE"),
                                        ALL))
                        .globalSecondaryIndexes()
                        .orElseThrow()
                        .getFirst()
                        .keySchema()
                        .orElseThrow())
                .hasSize(8);
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "b", "c", "d", "e"),
                        key("pk", "HASH"),
                        global(key("pk", "HASH", "b", "HASH", "c", "HASH", "d", "HASH", "e", "HASH"), ALL)))
                .isEqualTo(INVALID + "The KeySchema exceeds the maximum allowed number of HASH key attributes");
        assertThat(refused(
                        ON_DEMAND,
                        definitions("pk", "b", "c", "d", "e", "f"),
                        key("pk", "HASH"),
                        global(
                                key("pk", "HASH", "b", "RANGE", "c", "RANGE", "d", "RANGE", "e", "RANGE", "f", "RANGE"),
                                ALL)))
                .isEqualTo(INVALID + "The KeySchema exceeds the maximum allowed number of RANGE key attributes");
    }

    @Test
    void theKeyOfAGlobalIndexIsHashesThenRanges() {
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "RANGE"), ALL)))
                .isEqualTo("VALIDATION: Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH", "sk", "RANGE", "pk", "HASH"), ALL)))
                .isEqualTo(INVALID + "All HASH key attributes must precede RANGE key attributes in the KeySchema");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH", "a", "RANGE"), ALL)))
                .isEqualTo("VALIDATION: The KeySchema contains multiple key attributes with the same name");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("q", "HASH"), ALL)))
                .isEqualTo(INVALID + "Some index key attributes are not defined in AttributeDefinitions. Keys: [q], "
                        + "AttributeDefinitions: [sk, pk, a]");
        assertThat(refused(ON_DEMAND, PK, "GlobalSecondaryIndexes: []"))
                .isEqualTo(INVALID + "List of GlobalSecondaryIndexes is empty");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Unknown ProjectionType: null",
                "{ProjectionType: 'INCLUDE'}|ProjectionType is INCLUDE, but NonKeyAttributes is not specified",
                "{ProjectionType: 'ALL', NonKeyAttributes: ['x']}|ProjectionType is ALL, but NonKeyAttributes is specified",
                "{ProjectionType: 'KEYS_ONLY', NonKeyAttributes: ['x']}|ProjectionType is KEYS_ONLY, but NonKeyAttributes is specified",
                "{ProjectionType: 'INCLUDE', NonKeyAttributes: ['x', 'x']}|Duplicate element in NonKeyAttributes: x"
            })
    void aProjectionSaysWhatItNeedsAndNothingElse(String projection, String message) {
        // In CSV a quote within a column is itself.
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), "Projection: " + projection)))
                .isEqualTo(INVALID + message);
    }

    @Test
    void indexNamesAreUnique() {
        assertThat(refused(
                        ON_DEMAND,
                        PK_SK_A,
                        "LocalSecondaryIndexes: [{IndexName: 'same', " + key("pk", "HASH", "a", "RANGE") + ", " + ALL
                                + "}]",
                        "GlobalSecondaryIndexes: [{IndexName: 'same', " + key("a", "HASH") + ", " + ALL + "}]"))
                .isEqualTo(INVALID + "Duplicate index name: same");
    }

    @Test
    void indexesAreCounted() {
        assertThat(refused(
                        ON_DEMAND,
                        PK_SK_A,
                        "LocalSecondaryIndexes: ["
                                + IntStream.range(0, 6)
                                        .mapToObj(i -> "{IndexName: 'local" + i + "', "
                                                + key("pk", "HASH", "a", "RANGE") + ", " + ALL + "}")
                                        .collect(Collectors.joining(", "))
                                + "]"))
                .isEqualTo(INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
        assertThat(refused(ON_DEMAND, PK_SK_A, globals(21, ALL)))
                .isEqualTo(INVALID + "GlobalSecondaryIndex count exceeds the per-table limit of 20");
        create(ON_DEMAND, PK_SK_A, globals(20, ALL));
    }

    @Test
    void projectedAttributesAreCountedOverAllIndexes() {
        String twenty = "Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ["
                + IntStream.range(0, 20).mapToObj(i -> "'x" + i + "'").collect(Collectors.joining(", ")) + "]}";

        assertThat(refused(ON_DEMAND, PK_SK_A, globals(6, twenty)))
                .isEqualTo(INVALID + "Number of NonKeyAttributes exceeds the per-table limit of 100");
        create(ON_DEMAND, PK_SK_A, globals(5, twenty));
    }
}
