package io.gramme.server.operation;

import static io.gramme.server.operation.Faults.BAD_NUMBER;
import static io.gramme.server.operation.Faults.EMPTY_KEY;
import static io.gramme.server.operation.Faults.INVALID;
import static io.gramme.server.operation.Faults.LONG_KEY;
import static io.gramme.server.operation.Faults.ONE;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of two faults PutItem, DeleteItem and UpdateItem answer. */
class WriteOrderTest {
    private final Client client = Faults.client();

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> putItem() {
        var order = FaultOrder.of(client, "PutItem", "{TableName: 'Orders', Item: {pk: {S: 'a'}, sk: {N: '1'}}}");
        Faults.model(order);
        oldValuesOnly(order);
        kinds(order);
        order.fault("a bad value in the item", "{Item: {n: {N: 'x'}}}", ONE + BAD_NUMBER + "x");
        badValuesInConditions(order);
        Faults.names(order, "", "ConditionExpression", "attribute_exists(nm)", ONE);
        Faults.values(order, "", "ConditionExpression", "attribute_exists(nm)", ONE, "");
        conditions(order);
        Faults.unused(order, "", "ConditionExpression", "attribute_exists(un)", ONE);
        Faults.table(order);
        order.fault(
                        "an item that is too large",
                        "{Item: {large: {S: '" + "x".repeat(409_600) + "'}}}",
                        "Item size has exceeded the maximum allowed size")
                .fault("an empty key", "{Item: {pk: {S: ''}}}", EMPTY_KEY)
                .fault("a key that is too long", "{Item: {pk: {S: '" + "x".repeat(2_049) + "'}}}", LONG_KEY)
                .fault("a missing key", "{Item: {sk: null}}", INVALID + "Missing the key sk in the item")
                .fault(
                        "a key of another type",
                        "{Item: {sk: {N: null, S: 'x'}}}",
                        INVALID + "Type mismatch for key sk expected: N actual: S")
                .fault(
                        "an index key of another type",
                        "{Item: {g: {N: '1'}}}",
                        INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: include")
                .fault(
                        "an empty index key",
                        "{Item: {b: {B: ''}}}",
                        "One or more parameter values are not valid. A value specified for a secondary index key is not"
                                + " supported. The AttributeValue for a key attribute cannot contain an empty binary value."
                                + " IndexName: binary, IndexKey: b");
        conditionsOnTheTable(order);
        return order.checks();
    }

    @TestFactory
    Stream<DynamicTest> deleteItem() {
        var order = FaultOrder.of(client, "DeleteItem", "{TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}}");
        Faults.model(order);
        oldValuesOnly(order);
        kinds(order);
        order.fault("a bad value in the key", "{Key: {sk: {N: 'x'}}}", ONE + BAD_NUMBER + "x");
        badValuesInConditions(order);
        Faults.names(order, "", "ConditionExpression", "attribute_exists(nm)", ONE);
        Faults.values(order, "", "ConditionExpression", "attribute_exists(nm)", ONE, "");
        conditions(order);
        Faults.unused(order, "", "ConditionExpression", "attribute_exists(un)", ONE);
        Faults.table(order);
        Faults.keys(order, "{Key: %s}");
        conditionsOnTheTable(order);
        return order.checks();
    }

    @TestFactory
    Stream<DynamicTest> updateItem() {
        var order = FaultOrder.of(client, "UpdateItem", "{TableName: 'Orders', Key: {pk: {S: 'a'}, sk: {N: '1'}}}");
        Faults.model(order);
        order.fault(
                "an update in both forms",
                "{UpdateExpression: 'REMOVE bo', AttributeUpdates: {bo: {Action: 'DELETE'}}, ConditionExpression: null}",
                ONE + "Can not use both expression and non-expression parameters in the same request: Non-expression"
                        + " parameters: {AttributeUpdates} Expression parameters: {UpdateExpression}");
        order.fault(
                "an operator without conditions",
                "{ConditionalOperator: 'AND', Expected: null, ConditionExpression: null, UpdateExpression: null}",
                ONE + "ConditionalOperator cannot be used without Filter or Expected");
        order.fault("a bad value in the key", "{Key: {sk: {N: 'x'}}}", ONE + BAD_NUMBER + "x")
                .fault(
                        "a bad value in the update",
                        "{AttributeUpdates: {bv: {Value: {N: 'y'}}}, UpdateExpression: null, ConditionExpression: null}",
                        ONE + BAD_NUMBER + "y")
                .fault(
                        "a bad value for the expressions",
                        "{UpdateExpression: 'SET a = :bad', AttributeUpdates: null,"
                                + " ExpressionAttributeValues: {':bad': {N: 'z'}}}",
                        ONE + BAD_NUMBER + "z");
        Faults.names(
                order,
                "UpdateExpression: null, AttributeUpdates: null, ",
                "ConditionExpression",
                "attribute_exists(nm)",
                ONE);
        Faults.values(
                order,
                "UpdateExpression: null, AttributeUpdates: null, ",
                "ConditionExpression",
                "attribute_exists(nm)",
                ONE,
                "");
        updates(order);
        Faults.condition(order, "AttributeUpdates: null, ", "ConditionExpression", ONE);
        Faults.unused(order, "AttributeUpdates: null, ", "ConditionExpression", "attribute_exists(un)", ONE);
        Faults.table(order);
        Faults.keys(order, "{Key: %s}");
        updatesOfTheTable(order);
        conditionsOnTheTable(order);
        updatesOfTheItem(order);
        return order.checks();
    }

    private static void oldValuesOnly(FaultOrder order) {
        order.fault("new values", "{ReturnValues: 'ALL_NEW'}", ONE + "ReturnValues can only be ALL_OLD or NONE");
    }

    private static void kinds(FaultOrder order) {
        order.fault(
                        "a condition in both forms",
                        "{ConditionExpression: 'attribute_exists(bo)', Expected: {bo: {Exists: false}}}",
                        ONE + "Can not use both expression and non-expression parameters in the same request:"
                                + " Non-expression parameters: {Expected} Expression parameters: {ConditionExpression}")
                .fault(
                        "an operator without conditions",
                        "{ConditionalOperator: 'AND', Expected: null, ConditionExpression: null}",
                        ONE + "ConditionalOperator cannot be used without Filter or Expected")
                .fault(
                        "an operator for one condition",
                        "{ConditionalOperator: 'OR', Expected: {one: {Exists: false}}, ConditionExpression: null}",
                        ONE + "ConditionalOperator can only be used when Filter or Expected has two or more elements")
                .apartFrom("a condition in both forms");
    }

    private static void badValuesInConditions(FaultOrder order) {
        order.fault(
                        "a bad value in an expectation",
                        "{Expected: {x: {Value: {N: 'y'}}}, ConditionExpression: null}",
                        ONE + BAD_NUMBER + "y")
                .apartFrom("an operator for one condition")
                .fault(
                        "a bad value for the condition",
                        "{ConditionExpression: 'a = :bad', Expected: null, ExpressionAttributeValues: {':bad': {N: 'z'}}}",
                        ONE + BAD_NUMBER + "z");
    }

    private static void conditions(FaultOrder order) {
        order.fault(
                        "an expectation that is none",
                        "{Expected: {ex: {Exists: true}}, ConditionExpression: null}",
                        ONE + INVALID + "Value must be provided when Exists is true for Attribute: ex")
                .apartFrom("a condition in both forms", "an operator for one condition");
        Faults.condition(order, "Expected: null, ", "ConditionExpression", ONE);
    }

    private static void conditionsOnTheTable(FaultOrder order) {
        order.fault(
                        "a path inside a key",
                        "{ConditionExpression: 'attribute_exists(pk.x)', Expected: null}",
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key:"
                                + " pk")
                .fault(
                        "a condition that does not hold",
                        "{ConditionExpression: 'attribute_exists(nothing)', Expected: null}",
                        ErrorCode.CONDITION_FAILED,
                        "The conditional request failed");
    }

    private static void updates(FaultOrder order) {
        String invalid = ONE + "Invalid UpdateExpression: ";
        order.fault(
                        "an update without its value",
                        "{AttributeUpdates: {nv: {Action: 'PUT'}}, UpdateExpression: null, ConditionExpression: null}",
                        ONE + INVALID + "Only DELETE action is allowed when no attribute value is specified")
                .fault(
                        "an empty update",
                        "{UpdateExpression: '', AttributeUpdates: null}",
                        invalid + "The expression can not be empty;")
                .fault(
                        "a long update",
                        "{UpdateExpression: 'REMOVE a" + " ".repeat(4_096) + "', AttributeUpdates: null}",
                        invalid + "Expression size has exceeded the maximum allowed size;")
                .fault(
                        "a syntax error in the update",
                        "{UpdateExpression: 'SET a', AttributeUpdates: null}",
                        invalid + "Syntax error; token: \"<EOF>\", near: \"a\"")
                .fault(
                        "an undefined name in the update",
                        "{UpdateExpression: 'REMOVE #undefined', AttributeUpdates: null}",
                        invalid
                                + "An expression attribute name used in the document path is not defined; attribute name:"
                                + " #undefined")
                .fault(
                        "overlapping paths",
                        "{UpdateExpression: 'REMOVE a, a.b', AttributeUpdates: null}",
                        invalid
                                + "Two document paths overlap with each other; must remove or rewrite one of these paths;"
                                + " path one: [a], path two: [a, b]");
    }

    private static void updatesOfTheTable(FaultOrder order) {
        order.fault(
                        "an update of the key",
                        "{UpdateExpression: 'REMOVE pk', AttributeUpdates: null}",
                        INVALID + "Cannot update attribute pk. This attribute is part of the key")
                .fault(
                        "an update inside an index key",
                        "{UpdateExpression: 'REMOVE g.x', AttributeUpdates: null}",
                        "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed:"
                                + " IndexKey: g")
                .fault(
                        "an index key of another type",
                        "{UpdateExpression: 'SET g = :g', AttributeUpdates: null, ExpressionAttributeValues: {':g': {N: '1'}}}",
                        INVALID + "Type mismatch for Index Key g Expected: S Actual: N IndexName: include");
    }

    private static void updatesOfTheItem(FaultOrder order) {
        order.fault(
                        "an update by what is not there",
                        "{UpdateExpression: 'SET a = nothing', AttributeUpdates: null}",
                        "The provided expression refers to an attribute that does not exist in the item")
                .fault(
                        "an index key computed to another type",
                        "{UpdateExpression: 'ADD g :g', AttributeUpdates: null, ExpressionAttributeValues: {':g': {N: '1'}}}",
                        "The update expression attempted to update the secondary index key to unsupported type")
                .fault(
                        "an update that makes the item too large",
                        "{UpdateExpression: 'SET a = :l', AttributeUpdates: null, ExpressionAttributeValues: {':l': {S: '"
                                + "x".repeat(409_600) + "'}}}",
                        "Item size to update has exceeded the maximum allowed size");
    }
}
