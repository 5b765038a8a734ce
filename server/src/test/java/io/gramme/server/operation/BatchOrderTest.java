package io.gramme.server.operation;

import static io.gramme.server.operation.Faults.BAD_KEY;
import static io.gramme.server.operation.Faults.BAD_NUMBER;
import static io.gramme.server.operation.Faults.EMPTY_KEY;
import static io.gramme.server.operation.Faults.INVALID;
import static io.gramme.server.operation.Faults.LONG_KEY;
import static io.gramme.server.operation.Faults.ONE;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which of two faults BatchGetItem and BatchWriteItem answer. */
class BatchOrderTest {
    private final Client client = Faults.client();

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> batchGetItem() {
        String key = "{pk: {S: 'a'}, sk: {N: '1'}}";
        var order = FaultOrder.of(client, "BatchGetItem", "{RequestItems: {Orders: {Keys: [" + key + "]}}}")
                .fault(
                        "a member of the wrong type",
                        "{RequestItems: {Orders: {ConsistentRead: 'yes'}}}",
                        ErrorCode.SERIALIZATION,
                        "STRING_VALUE cannot be converted to Boolean")
                .fault("no tables", "{RequestItems: null}", "The requestItems parameter is required for BatchGetItem")
                .fault(
                        "no keys of a table",
                        "{RequestItems: {Other: {Keys: []}}}",
                        ONE + "Value at 'RequestItems.Other.member.Keys' failed to satisfy constraint: Member must have"
                                + " length greater than or equal to 1")
                .fault(
                        "more than 100 keys of two tables",
                        "{RequestItems: {Full: {Keys: [" + keys(100) + "]}}}",
                        "Too many items requested for the BatchGetItem call")
                .fault(
                        "one form of projection here and the other there",
                        "{RequestItems: {Orders: {AttributesToGet: ['x']}," + " Other: {Keys: [" + key
                                + "], ProjectionExpression: 'x'}}}",
                        "Can not use both expression and non-expression parameters in the same request: Non-expression"
                                + " parameters: {AttributesToGet} Expression parameters: {ProjectionExpression}")
                .fault(
                        "a bad value in a key",
                        "{RequestItems: {Orders: {Keys: {'0': {sk: {N: 'x'}}}}}}",
                        BAD_NUMBER + "x")
                .fault(
                        "a key twice",
                        "{RequestItems: {Orders: {Keys: {'1': {pk: {S: 't'}, sk: {N: '1'}}, '2': {pk: {S: 't'}, sk: {N: '1'}}}}}}",
                        "Provided list of item keys contains duplicates")
                .fault(
                        "a name without an expression",
                        "{RequestItems: {Orders: {ProjectionExpression: null, ExpressionAttributeNames: {'#alone': 'x'}}}}",
                        "ExpressionAttributeNames can only be specified when using expressions")
                .fault(
                        "a syntax error",
                        "{RequestItems: {Orders: {AttributesToGet: null, ProjectionExpression: '!!'}}}",
                        "Invalid ProjectionExpression: Syntax error; token: \"!\", near: \"!!\"")
                .fault(
                        "an unused name",
                        "{RequestItems: {Orders: {AttributesToGet: null, ProjectionExpression: 'un',"
                                + " ExpressionAttributeNames: {'#unused': 'x'}}}}",
                        "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}")
                .fault(
                        "a missing table",
                        "{RequestItems: {Gone: {Keys: [" + key + "]}}}",
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Requested resource not found");
        Faults.keys(order, "{RequestItems: {Orders: {Keys: {'0': %s}}}}");
        order.fault(
                "a path inside a key",
                "{RequestItems: {Orders: {AttributesToGet: null, ProjectionExpression: 'pk.x'}}}",
                "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: Key: pk");
        return order.checks();
    }

    private static String keys(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{pk: {S: 'a'}, sk: {N: '" + i + "'}}")
                .collect(Collectors.joining(", "));
    }

    @TestFactory
    Stream<DynamicTest> batchWriteItem() {
        return FaultOrder.of(client, "BatchWriteItem", """
                        {RequestItems: {Orders: [{PutRequest: {Item: {pk: {S: 'a'}, sk: {N: '1'}}}},
                                                 {DeleteRequest: {Key: {pk: {S: 'b'}, sk: {N: '1'}}}}]}}""")
                .fault(
                        "a member of the wrong type",
                        "{RequestItems: {Other: {}}}",
                        ErrorCode.SERIALIZATION,
                        "Start of structure or map found where not expected")
                .fault("no tables", "{RequestItems: null}", "The requestItems parameter is required for BatchWriteItem")
                .fault(
                        "more than 25 writes to two tables",
                        "{RequestItems: {Full: [" + deletes(24) + "]}}",
                        "Too many items requested for the BatchWriteItem call")
                .fault(
                        "a write that is none",
                        "{RequestItems: {Orders: {'2': {PutRequest: null}}}}",
                        "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes")
                .fault(
                        "a write that is both",
                        "{RequestItems: {Orders: {'3': {PutRequest: {Item: {pk: {S: 'c'}, sk: {N: '1'}}},"
                                + " DeleteRequest: {Key: {pk: {S: 'c'}, sk: {N: '1'}}}}}}}",
                        "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported"
                                + " datatypes")
                .fault(
                        "a bad value in an item",
                        "{RequestItems: {Orders: {'0': {PutRequest: {Item: {n: {N: 'x'}}}}}}}",
                        BAD_NUMBER + "x")
                .fault(
                        "a missing table",
                        "{RequestItems: {Gone: [" + deletes(1) + "]}}",
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Requested resource not found")
                .fault("an item without its key", put("{sk: null}"), BAD_KEY)
                .fault("an empty key in an item", put("{pk: {S: ''}}"), EMPTY_KEY)
                .fault("a key that is too long in an item", put("{pk: {S: '" + "x".repeat(2_049) + "'}}"), LONG_KEY)
                .fault("a key of another type in an item", put("{sk: {N: null, S: 'x'}}"), BAD_KEY)
                .fault(
                        "an item that is too large",
                        put("{large: {S: '" + "x".repeat(409_600) + "'}}"),
                        "Item size has exceeded the maximum allowed size")
                .fault(
                        "an index key of another type",
                        put("{g: {L: []}}"),
                        INVALID + "Type mismatch for Index Key g Expected: S Actual: L IndexName: include")
                .fault(
                        "a key of another type in the second write",
                        "{RequestItems: {Orders: {'1': {DeleteRequest: {Key: {sk: {N: null, S: 'x'}}}}}}}",
                        BAD_KEY)
                .fault(
                        "a key twice",
                        "{RequestItems: {Orders: {'4': {DeleteRequest: {Key: {pk: {S: 't'}, sk: {N: '1'}}}},"
                                + " '5': {DeleteRequest: {Key: {pk: {S: 't'}, sk: {N: '1.0'}}}}}}}",
                        "Provided list of item keys contains duplicates")
                .checks();
    }

    private static String put(String item) {
        return "{RequestItems: {Orders: {'0': {PutRequest: {Item: " + item + "}}}}}";
    }

    private static String deletes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{DeleteRequest: {Key: {pk: {S: 'f'}, sk: {N: '" + i + "'}}}}")
                .collect(Collectors.joining(", "));
    }

    @Test
    void noWritesToATableGoBeforeAllThatTheModelDoesNotSay() {
        client.refuses(
                "BatchWriteItem",
                "{RequestItems: {Other: [], Gone: [{PutRequest: null}]}}",
                ONE
                        + "Value '{Other=[], Gone=[WriteRequest]}' at 'requestItems' failed to satisfy constraint: Map value must"
                        + " satisfy constraint: [Member must have length less than or equal to 25, Member must have length"
                        + " greater than or equal to 1]");
    }
}
