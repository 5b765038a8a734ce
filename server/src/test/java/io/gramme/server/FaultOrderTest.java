package io.gramme.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FaultOrderTest {
    private static final String NO_TABLE = "Requested resource not found: Table: Gone not found";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    private FaultOrder describing() {
        client.call("CreateTable", """
                {TableName: 'Here', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
        return FaultOrder.of(client, "DescribeTable", "{TableName: 'Here'}");
    }

    private static List<Executable> checks(FaultOrder order) {
        return order.checks().map(check -> check.getExecutable()).toList();
    }

    @Test
    void everyFaultAndEveryPairThatCanStandTogetherIsOneCheck() {
        var order = describing()
                .fault("a name", "{TableName: 'a', x: {a: 1}}", "1")
                .fault("another name", "{TableName: 'b'}", "2")
                .fault("no name", "{TableName: null, x: {b: 1}}", "3")
                .fault("something else", "{x: {c: 1}}", "4")
                .fault("something apart", "{y: 1}", "5")
                .apartFrom("a name", "something else");

        assertThat(order.checks().map(check -> check.getDisplayName()))
                .containsExactly(
                        "without a fault DescribeTable answers",
                        "a name is answered in its own words",
                        "another name is answered in its own words",
                        "no name is answered in its own words",
                        "something else is answered in its own words",
                        "something apart is answered in its own words",
                        "a name goes before something else",
                        "another name goes before something else",
                        "another name goes before something apart",
                        "no name goes before something else",
                        "no name goes before something apart");
    }

    @Test
    void theRightWordsPassAndWrongWordsOrAWrongCodeFail() {
        var checks = checks(describing()
                .fault("right", "{TableName: 'Gone'}", ErrorCode.RESOURCE_NOT_FOUND, NO_TABLE)
                .fault("wrong words", "{TableName: 'Gone', x: 1}", ErrorCode.RESOURCE_NOT_FOUND, "no table")
                .fault("wrong code", "{TableName: 'Gone', x: 2}", ErrorCode.VALIDATION, NO_TABLE)
                .fault("none", "{x: 3}", ErrorCode.VALIDATION, NO_TABLE));

        assertThatCode(checks.get(0)::execute).doesNotThrowAnyException();
        assertThatCode(checks.get(1)::execute).doesNotThrowAnyException();
        assertThatThrownBy(checks.get(2)::execute).isInstanceOf(AssertionError.class);
        assertThatThrownBy(checks.get(3)::execute).isInstanceOf(AssertionError.class);
        assertThatThrownBy(checks.get(4)::execute).isInstanceOf(AssertionError.class);
    }

    @Test
    void elementsOfAListAreEditedByTheirNumbers() {
        describing();
        client.call("PutItem", "{TableName: 'Here', Item: {pk: {S: 'a'}}}");
        var checks = checks(FaultOrder.of(
                        client, "BatchWriteItem", "{RequestItems: {Here: [{DeleteRequest: {Key: {pk: {S: 'a'}}}}]}}")
                .fault(
                        "a duplicate",
                        "{RequestItems: {Here: {'1': {PutRequest: {Item: {pk: {S: 'a'}}}}}}}",
                        "Provided list of item keys contains duplicates")
                .fault(
                        "a key of another type",
                        "{RequestItems: {Here: {'0': {DeleteRequest: {Key: {pk: {S: null, N: '1'}}}}}}}",
                        "The provided key element does not match the schema"));

        assertThat(checks).hasSize(4);
        for (Executable check : checks.subList(0, 3)) {
            assertThatCode(check::execute).doesNotThrowAnyException();
        }
    }
}
