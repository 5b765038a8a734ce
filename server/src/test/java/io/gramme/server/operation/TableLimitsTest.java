package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static io.gramme.server.operation.CreateTableRequests.ALL;
import static io.gramme.server.operation.CreateTableRequests.INVALID;
import static io.gramme.server.operation.CreateTableRequests.ON_DEMAND;
import static io.gramme.server.operation.CreateTableRequests.PK;
import static io.gramme.server.operation.CreateTableRequests.PK_SK_A;
import static io.gramme.server.operation.CreateTableRequests.definitions;
import static io.gramme.server.operation.CreateTableRequests.global;
import static io.gramme.server.operation.CreateTableRequests.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.TableDescription;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Limits of the operations on tables: what is at a limit is admitted, and one more is refused. */
class TableLimitsTest {
    private static final String ONE_ERROR = "VALIDATION: 1 validation error detected: Value '";
    private static final String AT_MOST =
            "' failed to satisfy constraint: Member must have length less than or equal to ";

    private final ControlPlane control = ControlPlane.quick();
    private int tables;

    private TableDescription create(String... members) {
        tables++;
        return control.create("{TableName: 'orders-" + tables + "', " + String.join(", ", members) + "}");
    }

    private String refused(String... members) {
        return refusal(() -> create(members));
    }

    private static String projection(int attributes, int length) {
        return IntStream.range(0, attributes)
                .mapToObj(i -> "'" + "x".repeat(length - 3) + (100 + i) + "'")
                .collect(Collectors.joining(", ", "Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: [", "]}"));
    }

    @Test
    void namesOfTables() {
        String table = ", " + ON_DEMAND + ", " + PK + "}";
        control.create("{TableName: '" + "n".repeat(255) + "'" + table);
        control.create("{TableName: 'abc'" + table);

        assertThat(refusal(() -> control.create("{TableName: '" + "n".repeat(256) + "'" + table)))
                .isEqualTo(ONE_ERROR + "n".repeat(256) + "' at 'tableName" + AT_MOST + "255");
        assertThat(refusal(() -> control.describe("n".repeat(1025)))).endsWith("' at 'tableName" + AT_MOST + "1024");
        assertThat(refusal(() -> control.describe("")))
                .isEqualTo(ONE_ERROR + "' at 'tableName' failed to satisfy constraint: "
                        + "Member must have length greater than or equal to 1");
    }

    @Test
    void namesOfIndexes() {
        create(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), ALL).replace("by-a", "n".repeat(255)));

        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), ALL).replace("by-a", "n".repeat(256))))
                .isEqualTo(ONE_ERROR + "n".repeat(256) + "' at 'globalSecondaryIndexes.1.member.indexName" + AT_MOST
                        + "255");
    }

    @Test
    void namesOfKeyAttributes() {
        String longest = "k".repeat(255);
        create(ON_DEMAND, definitions(longest), key(longest, "HASH"));

        String longer = longest + "k";
        assertThat(refused(ON_DEMAND, definitions(longer), key(longer, "HASH")))
                .isEqualTo("VALIDATION: 2 validation errors detected: Value '" + longer
                        + "' at 'attributeDefinitions.1.member.attributeName" + AT_MOST + "255; Value '" + longer
                        + "' at 'keySchema.1.member.attributeName" + AT_MOST + "255");
    }

    @Test
    void projectedAttributesOfOneIndex() {
        create(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), projection(20, 255)));

        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), projection(21, 4))))
                .startsWith(ONE_ERROR + "[x100, x101, ")
                .endsWith("' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes" + AT_MOST + "20");
        assertThat(refused(ON_DEMAND, PK_SK_A, global(key("a", "HASH"), projection(1, 256))))
                .endsWith(
                        "' at 'globalSecondaryIndexes.1.member.projection.nonKeyAttributes' failed to satisfy constraint: "
                                + "Member must satisfy constraint: [Member must have length less than or equal to 255, "
                                + "Member must have length greater than or equal to 1]");
    }

    @Test
    void projectedAttributesOfAnIndexThatIsAdded() {
        create(
                ON_DEMAND,
                PK_SK_A,
                CreateTableRequests.globals(4, projection(20, 4)),
                CreateTableRequests.local(key("pk", "HASH", "a", "RANGE"), projection(19, 4)));
        String add = "{TableName: 'orders-1', " + definitions("b") + ", GlobalSecondaryIndexUpdates: [{Create: {"
                + "IndexName: 'by-b', " + key("b", "HASH") + ", ";

        assertThat(refusal(() -> control.update(add + projection(2, 4) + "}}]}")))
                .isEqualTo(INVALID + "Number of NonKeyAttributes exceeds the per-table limit of 100");
        control.update(add + projection(1, 4) + "}}]}");
    }

    @Test
    void localIndexes() {
        create(ON_DEMAND, PK_SK_A, locals(5));

        assertThat(refused(ON_DEMAND, PK_SK_A, locals(6)))
                .isEqualTo(INVALID + "Number of LocalSecondaryIndexes exceeds per-table limit of 5");
    }

    private static String locals(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{IndexName: 'local" + i + "', " + key("pk", "HASH", "a", "RANGE") + ", " + ALL + "}")
                .collect(Collectors.joining(", ", "LocalSecondaryIndexes: [", "]"));
    }

    @Test
    void throughput() {
        create("ProvisionedThroughput: {ReadCapacityUnits: 40000, WriteCapacityUnits: 40000}", PK);

        assertThat(refused("ProvisionedThroughput: {ReadCapacityUnits: 40000, WriteCapacityUnits: 40001}", PK))
                .startsWith("LIMIT_EXCEEDED: The requested WriteCapacityUnits, 40001, is above the per table maximum");
        assertThat(refused("ProvisionedThroughput: {ReadCapacityUnits: 0, WriteCapacityUnits: 1}", PK))
                .isEqualTo(ONE_ERROR + "0' at 'provisionedThroughput.readCapacityUnits' failed to satisfy constraint: "
                        + "Member must have value greater than or equal to 1");
    }

    @Test
    void tags() {
        String arn = create(ON_DEMAND, PK).tableArn().orElseThrow();
        control.tag(arn, "[{Key: '" + "k".repeat(128) + "', Value: '" + "v".repeat(256) + "'}]");

        assertThat(refusal(() -> control.tag(arn, "[{Key: '" + "k".repeat(129) + "', Value: ''}]")))
                .isEqualTo(ONE_ERROR + "k".repeat(129) + "' at 'tags.1.member.key" + AT_MOST + "128");
        assertThat(refusal(() -> control.tag(arn, "[{Key: 'k', Value: '" + "v".repeat(257) + "'}]")))
                .isEqualTo(ONE_ERROR + "v".repeat(257) + "' at 'tags.1.member.value" + AT_MOST + "256");
        assertThat(refusal(() -> control.untag(arn, "['" + "k".repeat(129) + "']")))
                .endsWith("' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: "
                        + "[Member must have length less than or equal to 128, "
                        + "Member must have length greater than or equal to 1]");
    }

    @Test
    void pagesOfTableNames() {
        assertThat(refusal(() -> control.list("{Limit: 0, ExclusiveStartTableName: 'a'}")))
                .isEqualTo("VALIDATION: 2 validation errors detected: Value 'a' at 'exclusiveStartTableName' failed to "
                        + "satisfy constraint: Member must have length greater than or equal to 3; Value '0' at 'limit' "
                        + "failed to satisfy constraint: Member must have value greater than or equal to 1");
        assertThat(refusal(() -> control.list("{Limit: 101}")))
                .isEqualTo(ONE_ERROR + "101' at 'limit' failed to satisfy constraint: "
                        + "Member must have value less than or equal to 100");
    }

    @Test
    void decreasesOfOneDay() {
        create("ProvisionedThroughput: {ReadCapacityUnits: 100, WriteCapacityUnits: 100}", PK);
        control.fixture.pass(Duration.ofHours(14));
        int units = 100;
        for (int i = 0; i < 4; i++) {
            units--;
            lower(units);
        }
        for (int hour = 1; hour < 24; hour++) {
            int next = units - 1;
            control.fixture.pass(Duration.ofMinutes(59));
            assertThat(refusal(() -> lower(next))).startsWith("LIMIT_EXCEEDED: ");
            control.fixture.pass(Duration.ofMinutes(1));
            units--;
            lower(units);
        }

        assertThat(control.describe("orders-1")
                        .provisionedThroughput()
                        .orElseThrow()
                        .numberOfDecreasesToday())
                .contains(27L);
        control.fixture.pass(Duration.ofHours(1));
        lower(units - 1);
        assertThat(control.describe("orders-1")
                        .provisionedThroughput()
                        .orElseThrow()
                        .numberOfDecreasesToday())
                .contains(1L);
    }

    private void lower(int units) {
        control.update("{TableName: 'orders-1', ProvisionedThroughput: {ReadCapacityUnits: " + units
                + ", WriteCapacityUnits: " + units + "}}");
    }
}
