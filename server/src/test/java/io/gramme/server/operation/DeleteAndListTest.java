package io.gramme.server.operation;

import static io.gramme.server.operation.ControlPlane.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.ListTablesOutput;
import io.gramme.api.TableDescription;
import io.gramme.api.TableStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** DeleteTable, ListTables, and the operations on tags. */
class DeleteAndListTest {
    private static final String IN_USE = "RESOURCE_IN_USE: Attempt to change a resource which is still in use: ";
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/orders";

    private final ControlPlane control = ControlPlane.slow();

    private TableDescription create(String name, String... members) {
        return control.create("{TableName: '" + name + "', BillingMode: 'PAY_PER_REQUEST', "
                + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}], "
                + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]"
                + (members.length == 0 ? "" : ", ") + String.join(", ", members) + "}");
    }

    @Test
    void aDeletedTableIsShownInShort() {
        create("orders");
        control.settle();

        TableDescription deleted = control.delete("orders");
        assertThat(deleted.tableStatus()).contains(TableStatus.DELETING);
        assertThat(deleted.tableArn()).contains(ARN);
        assertThat(deleted.keySchema()).isEmpty();
        assertThat(deleted.attributeDefinitions()).isEmpty();
        assertThat(control.describe("orders").keySchema()).isPresent();
    }

    @Test
    void aTableIsDeletedOnce() {
        create("orders");
        assertThat(refusal(() -> control.delete("orders"))).isEqualTo(IN_USE + "Table is being created: orders");
        control.settle();
        control.delete("orders");
        assertThat(refusal(() -> control.delete("orders"))).isEqualTo(IN_USE + "Table is being deleted: orders");
        control.settle();
        assertThat(refusal(() -> control.delete("orders")))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: Table: orders not found");
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        create("orders", "DeletionProtectionEnabled: true");
        control.settle();

        assertThat(refusal(() -> control.delete("orders")))
                .isEqualTo("VALIDATION: Resource cannot be deleted as it is currently protected against deletion. "
                        + "Disable deletion protection first.");
        assertThat(control.update("{TableName: 'orders', DeletionProtectionEnabled: false}")
                        .tableStatus())
                .contains(TableStatus.ACTIVE);
        control.delete("orders");
    }

    @Test
    void aTableIsNotDeletedWhileSomethingAboutItChanges() {
        create("orders");
        control.settle();
        control.update("{TableName: 'orders', WarmThroughput: {ReadUnitsPerSecond: 13000}}");

        assertThat(refusal(() -> control.delete("orders")))
                .isEqualTo(IN_USE + "Table: orders is in the process of being updated.");
    }

    @Test
    void aTableIsFoundByItsArn() {
        create("orders");
        control.settle();

        assertThat(control.describe(ARN).tableName()).contains("orders");
        assertThat(control.delete(ARN).tableName()).contains("orders");
    }

    @Test
    void aTableIsMadeByItsArn() {
        create(ARN);
        control.settle();

        assertThat(control.describe("orders").tableArn()).contains(ARN);
    }

    @Test
    void anArnOfAnotherWorldIsRefusedByEachOperation() {
        create("orders");
        control.settle();
        String elsewhere = ARN.replace("us-east-1", "eu-west-1");
        String another = ARN.replace("000000000000", "111111111111");
        List<Consumer<String>> operations = List.of(
                name -> control.describe(name),
                name -> control.update("{TableName: '" + name + "', DeletionProtectionEnabled: true}"),
                name -> control.delete(name),
                name -> create(name));

        for (var operation : operations) {
            assertThat(refusal(() -> operation.accept(elsewhere)))
                    .isEqualTo("VALIDATION: 1 validation error detected: Invalid AWS region in '" + elsewhere + "'");
            assertThat(refusal(() -> operation.accept(another))).isEqualTo("ACCESS_DENIED: Access is denied");
        }
    }

    @Test
    void tablesAreListedPageByPage() {
        List<String> names =
                IntStream.range(100, 350).mapToObj(i -> "table-" + i).toList();
        names.forEach(this::create);
        var listed = new ArrayList<String>();
        Optional<String> last = Optional.empty();
        var sizes = new ArrayList<Integer>();
        do {
            ListTablesOutput page = control.list(last.map(name -> "{ExclusiveStartTableName: '" + name + "'}")
                    .orElse("{}"));
            sizes.add(page.tableNames().orElseThrow().size());
            listed.addAll(page.tableNames().orElseThrow());
            last = page.lastEvaluatedTableName();
        } while (last.isPresent());

        assertThat(listed).isEqualTo(names);
        assertThat(sizes).containsExactly(100, 100, 50);
    }

    @Test
    void theLastPageSaysNothingOfMore() {
        List.of("alpha", "beta", "gamma").forEach(this::create);

        ListTablesOutput page = control.list("{Limit: 2}");
        assertThat(page.tableNames().orElseThrow()).containsExactly("alpha", "beta");
        assertThat(page.lastEvaluatedTableName()).contains("beta");
        ListTablesOutput rest = control.list("{Limit: 1, ExclusiveStartTableName: 'beta-never-there'}");
        assertThat(rest.tableNames().orElseThrow()).containsExactly("gamma");
        assertThat(rest.lastEvaluatedTableName()).isEmpty();
        ListTablesOutput none = control.list("{ExclusiveStartTableName: 'zeta'}");
        assertThat(none.tableNames().orElseThrow()).isEmpty();
    }

    @Test
    void tagsArePutReplacedAndTakenOff() {
        create("orders", "Tags: [{Key: 'one', Value: '1'}, {Key: 'two', Value: ''}]");
        control.settle();

        control.tag(ARN, "[{Key: 'two', Value: '2'}, {Key: 'three', Value: '3'}]");
        assertThat(control.tags(ARN))
                .containsExactly(Map.entry("one", "1"), Map.entry("two", "2"), Map.entry("three", "3"));
        control.untag(ARN, "['two', 'never there']");
        assertThat(control.tags(ARN)).containsOnlyKeys("one", "three");
    }

    @Test
    void tagsHaveRules() {
        create("orders");
        control.settle();

        assertThat(refusal(() -> control.tag(ARN, "[]")))
                .isEqualTo("VALIDATION: Atleast one Tag needs to be provided as Input.");
        assertThat(refusal(() -> control.untag(ARN, "[]")))
                .isEqualTo("VALIDATION: Atleast one Tag Key needs to be provided as Input.");
        assertThat(refusal(() -> control.tag(ARN, "[{Key: 'aws:x', Value: ''}]")))
                .isEqualTo("VALIDATION: Tag Key cannot be prefixed with aws:, Key: aws:x");
        assertThat(refusal(() -> control.tag(ARN, "[{Key: 'a#b', Value: ''}]")))
                .isEqualTo("VALIDATION: The Tag Key provided is invalid, Key: a#b");
        assertThat(refusal(() -> control.tag(ARN, "[{Key: 'a', Value: '#'}]")))
                .isEqualTo("VALIDATION: The Tag Value provided is invalid, Value: #");
        assertThat(refusal(() -> control.tag(ARN, "[{Key: 'a', Value: '1'}, {Key: 'a', Value: '2'}]")))
                .isEqualTo("VALIDATION: Duplicate Tag Keys provided as input: Duplicate Tag Key found a");
        control.tag(ARN, tags(0, 50));
        control.tag(ARN, tags(0, 50));
        assertThat(refusal(() -> control.tag(ARN, tags(50, 51))))
                .isEqualTo("VALIDATION: Number of Tags exceed the current limit for the provided ResourceArn");
        assertThat(refusal(() -> create("other", "Tags: " + tags(0, 51))))
                .isEqualTo("VALIDATION: Number of Tags exceed the current limit for the provided ResourceArn");
        assertThat(control.tags(ARN)).hasSize(50);
    }

    private static String tags(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "{Key: 'key " + i + "', Value: 'v'}")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Test
    void whatIsTaggedIsATableOfTheCallersWorld() {
        String invalid = "VALIDATION: One or more parameter values were invalid: ";
        assertThat(refusal(() -> control.tags("orders"))).isEqualTo(invalid + "ARNs must start with 'arn:': orders");
        assertThat(refusal(() -> control.tags("arn:aws:s3:::orders")))
                .isEqualTo(invalid + "Provided Arn is not a DynamoDB resource arn: arn:aws:s3:::orders");
        assertThat(refusal(() -> control.tags(ARN + "/index/by-a")))
                .isEqualTo(invalid + "Invalid resource arn provided, only table or stream is accepted. Provided "
                        + "resource arn: " + ARN + "/index/by-a");
        String elsewhere = ARN.replace("us-east-1", "eu-west-1");
        assertThat(refusal(() -> control.tags(elsewhere)))
                .isEqualTo("VALIDATION: Invalid TableArn: Invalid ResourceArn provided as input " + elsewhere);
        assertThat(refusal(() -> control.tags(ARN.replace("000000000000", "111111111111"))))
                .isEqualTo("ACCESS_DENIED: Access is denied");
        assertThat(refusal(() -> control.tags(ARN)))
                .isEqualTo("RESOURCE_NOT_FOUND: Requested resource not found: ResourcArn: " + ARN + " not found");
    }

    @Test
    void aTableThatIsBeingCreatedHasNoTagsToBeFound() {
        create("orders", "Tags: [{Key: 'one', Value: '1'}]");
        String notFound = "RESOURCE_NOT_FOUND: Requested resource not found: ResourcArn: " + ARN + " not found";

        assertThat(refusal(() -> control.tags(ARN))).isEqualTo(notFound);
        assertThat(refusal(() -> control.tag(ARN, "[{Key: 'two', Value: '2'}]")))
                .isEqualTo(notFound);
        assertThat(refusal(() -> control.untag(ARN, "['one']"))).isEqualTo(notFound);
        control.settle();
        assertThat(control.tags(ARN)).containsExactly(Map.entry("one", "1"));
    }

    @Test
    void aTableThatIsBeingDeletedIsNotTagged() {
        create("orders");
        control.settle();
        control.delete("orders");

        assertThat(refusal(() -> control.tag(ARN, "[{Key: 'a', Value: ''}]")))
                .isEqualTo(IN_USE + "Table is being deleted: orders");
    }
}
