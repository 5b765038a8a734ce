package io.gramme.server.operation;

import static io.gramme.server.operation.Faults.BAD_NUMBER;
import static io.gramme.server.operation.Faults.INVALID;
import static io.gramme.server.operation.Faults.ONE;

import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of two faults GetItem, Query and Scan answer. */
class ReadOrderTest {
    private static final String INSIDE_KEY =
            "Key attributes must be scalars; list random access '[]' and map lookup '.'" + " are not allowed: Key: pk";
    private static final String BOTH_KINDS = "Can not use both expression and non-expression parameters in the same"
            + " request: Non-expression parameters: ";

    private final Client client = Faults.client();

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> getItem() {
        var order = FaultOrder.of(client, "GetItem", "{TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}}");
        Faults.model(order);
        order.fault(
                        "a projection in both forms",
                        "{ProjectionExpression: 'bo', AttributesToGet: ['bo']}",
                        BOTH_KINDS + "{AttributesToGet} Expression parameters: {ProjectionExpression}")
                .fault("a bad value in the key", "{Key: {sk: {N: 'x'}}}", BAD_NUMBER + "x");
        Faults.names(order, "AttributesToGet: null, ", "ProjectionExpression", "x", "");
        projection(order, "AttributesToGet: null, ");
        order.fault(
                        "an attribute asked for twice",
                        "{AttributesToGet: ['tw', 'tw'], ProjectionExpression: null, ExpressionAttributeNames: null}",
                        INVALID + "Duplicate value in attribute name: tw")
                .fault(
                        "an unused name",
                        "{ProjectionExpression: 'un', ExpressionAttributeNames: {'#unused': 'x'}}",
                        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}");
        Faults.table(order);
        order.fault("a path inside a key", "{ProjectionExpression: 'pk.x', AttributesToGet: null}", INSIDE_KEY);
        Faults.keys(order, "{Key: %s}");
        return order.checks();
    }

    @TestFactory
    Stream<DynamicTest> query() {
        var order = FaultOrder.of(client, "Query", """
                {TableName: 'Orders', KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: {':pk': {S: 'a'}}}""");
        Faults.model(order);
        order.fault(
                "a condition in both forms",
                "{KeyConditions: {pk: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'a'}]}},"
                        + " KeyConditionExpression: 'pk = :pk', FilterExpression: null, ProjectionExpression: null}",
                BOTH_KINDS + "{KeyConditions} Expression parameters: {KeyConditionExpression}");
        selects(order);
        order.fault(
                        "a bad value for the condition",
                        "{KeyConditionExpression: 'pk = :bad', ExpressionAttributeValues: {':bad': {N: 'x'}, ':pk': null}}",
                        BAD_NUMBER + "x")
                .fault("a bad value in the starting key", "{ExclusiveStartKey: {pk: {N: 'y'}}}", BAD_NUMBER + "y")
                .fault(
                        "an empty map of names",
                        "{ExpressionAttributeNames: {}}",
                        "ExpressionAttributeNames must not be empty")
                .fault(
                        "a malformed name",
                        "{ExpressionAttributeNames: {bad: 'x'}}",
                        "ExpressionAttributeNames contains invalid key: Syntax error; key: \"bad\"");
        Faults.condition(order, "", "FilterExpression", "");
        projection(order, "");
        keyConditions(order);
        Faults.unused(order, "", "FilterExpression", "attribute_exists(un)", "");
        order.fault(
                "no key condition",
                "{KeyConditionExpression: null, FilterExpression: 'a = :pk'}",
                "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.");
        Faults.table(order);
        order.fault("a path inside a key", "{FilterExpression: 'attribute_exists(pk.x)'}", INSIDE_KEY);
        indexes(order);
        keyConditionsOnTheTable(order);
        startingKeys(order);
        projected(order, "KeyConditionExpression: 'g = :pk', ");
        order.fault(
                "a filter on a key",
                "{FilterExpression: 'sk = :pk'}",
                "Filter Expression can only contain non-primary key attributes: Primary key attribute: sk");
        return order.checks();
    }

    @TestFactory
    Stream<DynamicTest> scan() {
        var order = FaultOrder.of(client, "Scan", "{TableName: 'Orders'}");
        Faults.model(order);
        order.fault(
                "a filter in both forms",
                "{FilterExpression: 'attribute_exists(bo)', ScanFilter: {bo: {ComparisonOperator: 'NULL'}},"
                        + " ProjectionExpression: null}",
                BOTH_KINDS + "{ScanFilter} Expression parameters: {FilterExpression}");
        selects(order);
        segments(order);
        order.fault(
                        "an operator without conditions",
                        "{ConditionalOperator: 'AND', ScanFilter: null, FilterExpression: null, ProjectionExpression: null}",
                        "ConditionalOperator cannot be used without Filter or Expected")
                .fault(
                        "a bad value for the filter",
                        "{FilterExpression: 'a = :bad', ScanFilter: null, ExpressionAttributeValues: {':bad': {N: 'x'}}}",
                        "ExpressionAttributeValues contains invalid value: " + BAD_NUMBER + "x for key :bad")
                .fault(
                        "a bad value in the starting key",
                        "{ExclusiveStartKey: {pk: {N: 'y'}, sk: null}}",
                        BAD_NUMBER + "y");
        Faults.names(
                order,
                "ProjectionExpression: null, ScanFilter: null, ",
                "FilterExpression",
                "attribute_exists(nm)",
                "");
        Faults.values(
                order,
                "ProjectionExpression: null, ScanFilter: null, ",
                "FilterExpression",
                "attribute_exists(nm)",
                "",
                ": FilterExpression is null");
        Faults.condition(order, "ScanFilter: null, ", "FilterExpression", "");
        order.fault(
                "a filter without its arguments",
                "{ScanFilter: {x: {ComparisonOperator: 'BETWEEN'}}, FilterExpression: null, ProjectionExpression: null}",
                INVALID + "Invalid number of argument(s) for the BETWEEN ComparisonOperator");
        projection(order, "ScanFilter: null, ");
        Faults.unused(order, "ScanFilter: null, ", "FilterExpression", "attribute_exists(un)", "");
        Faults.table(order);
        indexes(order);
        order.fault(
                "a path inside a key", "{FilterExpression: 'attribute_exists(pk.x)', ScanFilter: null}", INSIDE_KEY);
        order.fault(
                "an incomplete starting key",
                "{ExclusiveStartKey: {pk: {S: 'a'}, sk: null}, IndexName: null}",
                "The provided starting key is invalid: The provided key element does not match the schema");
        projected(order, "");
        return order.checks();
    }

    private static void selects(FaultOrder order) {
        order.fault(
                        "specific attributes without any",
                        "{Select: 'SPECIFIC_ATTRIBUTES', ProjectionExpression: null}",
                        ONE + "Must specify the AttributesToGet or ProjectionExpression when choosing to get"
                                + " SPECIFIC_ATTRIBUTES")
                .fault(
                        "a projection and only the count",
                        "{Select: 'COUNT', ProjectionExpression: 'sc'}",
                        ONE + "Cannot specify the ProjectionExpression when choosing to get only the Count")
                .fault(
                        "projected attributes of a table",
                        "{Select: 'ALL_PROJECTED_ATTRIBUTES', ProjectionExpression: null, IndexName: null}",
                        ONE + "ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName");
    }

    private static void segments(FaultOrder order) {
        order.fault(
                        "a segment of nothing",
                        "{Segment: 0, TotalSegments: null}",
                        "The TotalSegments parameter is required but was not present in the request when Segment parameter"
                                + " is present")
                .fault(
                        "a segment too high",
                        "{Segment: 2, TotalSegments: 2}",
                        "The Segment parameter is zero-based and must be less than parameter TotalSegments");
    }

    private static void projection(FaultOrder order, String apart) {
        String invalid = "Invalid ProjectionExpression: ";
        order.fault(
                        "an empty projection",
                        "{" + apart + "ProjectionExpression: ''}",
                        invalid + "The expression can not be empty;")
                .fault(
                        "a syntax error in the projection",
                        "{" + apart + "ProjectionExpression: '!!'}",
                        invalid + "Syntax error; token: \"!\", near: \"!!\"")
                .fault(
                        "an undefined name in the projection",
                        "{" + apart + "ProjectionExpression: '#undefined'}",
                        invalid
                                + "An expression attribute name used in the document path is not defined; attribute name:"
                                + " #undefined")
                .fault(
                        "overlapping paths",
                        "{" + apart + "ProjectionExpression: 'a, a.b'}",
                        invalid
                                + "Two document paths overlap with each other; must remove or rewrite one of these paths;"
                                + " path one: [a], path two: [a, b]");
    }

    private static void keyConditions(FaultOrder order) {
        String invalid = "Invalid KeyConditionExpression: ";
        order.fault(
                        "an empty key condition",
                        "{KeyConditionExpression: ''}",
                        invalid + "The expression can not be empty;")
                .fault(
                        "a syntax error in the key condition",
                        "{KeyConditionExpression: 'pk = = :pk'}",
                        invalid + "Syntax error; token: \"=\", near: \"= = :pk\"")
                .fault(
                        "an undefined value in the key condition",
                        "{KeyConditionExpression: 'pk = :undefined'}",
                        invalid + "An expression attribute value used in expression is not defined; attribute value:"
                                + " :undefined")
                .fault(
                        "alternatives in the key condition",
                        "{KeyConditionExpression: 'pk = :pk OR sk = :pk'}",
                        invalid + "Invalid operator used in KeyConditionExpression: OR")
                .fault(
                        "two conditions on one key",
                        "{KeyConditionExpression: 'pk = :pk AND pk = :pk'}",
                        invalid + "KeyConditionExpressions must only contain one condition per key");
    }

    private static void keyConditionsOnTheTable(FaultOrder order) {
        order.fault(
                        "too many key conditions",
                        "{KeyConditionExpression: 'pk = :pk AND sk = :pk AND x = :pk', IndexName: null}",
                        "The number of query conditions (3) exceeds the number of key attributes defined in the schema (2)")
                .fault(
                        "no condition on the partition key",
                        "{KeyConditionExpression: 'x = :pk', IndexName: null}",
                        "Query condition missed key schema element: pk")
                .fault(
                        "a key condition of another type",
                        "{KeyConditionExpression: 'pk = :pk AND sk = :pk', IndexName: null}",
                        INVALID + "Condition parameter type does not match schema type");
    }

    private static void indexes(FaultOrder order) {
        order.fault("a missing index", "{IndexName: 'none'}", "The table does not have the specified index: none")
                .fault(
                        "a consistent read of a global index",
                        "{IndexName: 'include', ConsistentRead: true}",
                        "Consistent reads are not supported on global secondary indexes");
    }

    private static void startingKeys(FaultOrder order) {
        order.fault(
                        "an incomplete starting key",
                        "{ExclusiveStartKey: {pk: {S: 'a'}, sk: null}, IndexName: null}",
                        "The provided starting key is invalid")
                .fault(
                        "a starting key elsewhere",
                        "{ExclusiveStartKey: {pk: {S: 'b'}, sk: {N: '1'}}, IndexName: null}",
                        "The provided starting key is outside query boundaries based on provided conditions");
    }

    private static void projected(FaultOrder order, String condition) {
        String values = "ExpressionAttributeValues: {':pk': {S: 'a'}}";
        order.fault(
                        "a filter on what is not projected",
                        "{IndexName: 'include', " + condition + "FilterExpression: 'far = :pk', " + values + "}",
                        INVALID + "Secondary index include does not project one or more filter attributes: [far]")
                .fault(
                        "a projection of what is not projected",
                        "{IndexName: 'include', " + condition + "ProjectionExpression: 'far', Select: null}",
                        INVALID + "Global secondary index include does not project [far]");
    }
}
