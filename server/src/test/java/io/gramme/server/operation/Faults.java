package io.gramme.server.operation;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;

/**
 * What several operations can find wrong, each chapter in the order they share.
 *
 * <p>In all of them {@code parameter} is the parameter that the faults lie in, {@code expression} is a sound one for it
 * that uses no placeholders, and {@code apart} takes away other parameters with which they could not be seen.
 */
final class Faults {
    static final String ONE = "1 validation error detected: ";
    static final String INVALID = "One or more parameter values were invalid: ";
    static final String BAD_KEY = "The provided key element does not match the schema";
    static final String EMPTY_KEY = "One or more parameter values are not valid."
            + " The AttributeValue for a key attribute cannot contain an empty string value. Key: pk";
    static final String LONG_KEY = INVALID + "Size of hashkey has exceeded the maximum size limit of2048 bytes";
    static final String BAD_NUMBER = "The parameter cannot be converted to a numeric value: ";

    private Faults() {}

    /** With the table Orders, which has every kind of index. */
    static Client client() {
        Client client = Client.inMemory();
        client.call("CreateTable", """
                {TableName: 'Orders', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                   {AttributeName: 'l', AttributeType: 'S'}, {AttributeName: 'g', AttributeType: 'S'},
                   {AttributeName: 'b', AttributeType: 'B'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'KEYS_ONLY'},
                   KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'l', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [
                   {IndexName: 'include', Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['inc']},
                    KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}]},
                   {IndexName: 'binary', Projection: {ProjectionType: 'ALL'},
                    KeySchema: [{AttributeName: 'b', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}]}]}""");
        return client;
    }

    /** A member of the wrong JSON type, and members that break the model's constraints, which are told together. */
    static FaultOrder model(FaultOrder order) {
        return order.fault(
                        "a member of the wrong type",
                        "{TableName: 1}",
                        ErrorCode.SERIALIZATION,
                        "NUMBER_VALUE cannot be converted to String")
                .fault(
                        "an empty table name",
                        "{TableName: ''}",
                        ONE + "Value at 'TableName' failed to satisfy constraint: Member must have length greater than"
                                + " or equal to 1")
                .fault(
                        "a constant that is none",
                        "{ReturnConsumedCapacity: 'BOGUS'}",
                        ONE
                                + "Value 'BOGUS' at 'returnConsumedCapacity' failed to satisfy constraint: Member must satisfy"
                                + " enum value set: [INDEXES, TOTAL, NONE]")
                .apartFrom("an empty table name");
    }

    /** Names that no expression can use. */
    static FaultOrder names(FaultOrder order, String apart, String parameter, String expression, String prefix) {
        return order.fault(
                        "a name without an expression",
                        "{" + apart + parameter + ": null, ExpressionAttributeNames: {'#alone': 'x'}}",
                        prefix + "ExpressionAttributeNames can only be specified when using expressions")
                .fault(
                        "an empty map of names",
                        "{" + apart + parameter + ": '" + expression + "', ExpressionAttributeNames: {}}",
                        prefix + "ExpressionAttributeNames must not be empty")
                .fault(
                        "a malformed name",
                        "{" + apart + parameter + ": '" + expression + "', ExpressionAttributeNames: {bad: 'x'}}",
                        prefix + "ExpressionAttributeNames contains invalid key: Syntax error; key: \"bad\"");
    }

    /** Values that no expression can use. */
    static FaultOrder values(
            FaultOrder order, String apart, String parameter, String expression, String prefix, String reason) {
        return order.fault(
                        "a value without an expression",
                        "{" + apart + parameter + ": null, ExpressionAttributeValues: {':alone': {S: 'x'}}}",
                        prefix + "ExpressionAttributeValues can only be specified when using expressions" + reason)
                .fault(
                        "an empty map of values",
                        "{" + apart + parameter + ": '" + expression + "', ExpressionAttributeValues: {}}",
                        prefix + "ExpressionAttributeValues must not be empty")
                .fault(
                        "a malformed value name",
                        "{" + apart + parameter + ": '" + expression + "', ExpressionAttributeValues: {bad: {S: 'x'}}}",
                        prefix + "ExpressionAttributeValues contains invalid key: Syntax error; key: \"bad\"");
    }

    /** What is wrong with a condition or a filter whatever the table is. */
    static FaultOrder condition(FaultOrder order, String apart, String parameter, String prefix) {
        String invalid = prefix + "Invalid " + parameter + ": ";
        return order.fault(
                        "an empty condition",
                        "{" + apart + parameter + ": ''}",
                        invalid + "The expression can not be empty;")
                .fault(
                        "a long condition",
                        "{" + apart + parameter + ": 'attribute_exists(x)" + " ".repeat(4_096) + "'}",
                        invalid + "Expression size has exceeded the maximum allowed size; expression size: 4115")
                .fault(
                        "a syntax error in the condition",
                        "{" + apart + parameter + ": 'a = = b'}",
                        invalid + "Syntax error; token: \"=\", near: \"= = b\"")
                .fault(
                        "an undefined name in the condition",
                        "{" + apart + parameter + ": 'attribute_exists(#undefined)'}",
                        invalid
                                + "An expression attribute name used in the document path is not defined; attribute name:"
                                + " #undefined")
                .fault(
                        "an undefined value in the condition",
                        "{" + apart + parameter + ": 'a = :undefined'}",
                        invalid + "An expression attribute value used in expression is not defined; attribute value:"
                                + " :undefined")
                .fault(
                        "an operand of the wrong type in the condition",
                        "{" + apart + parameter
                                + ": 'begins_with(a, :n)', ExpressionAttributeValues: {':n': {N: '1'}}}",
                        invalid + "Incorrect operand type for operator or function; operator or function: begins_with,"
                                + " operand type: N");
    }

    /** Names and values that the expressions there are leave unused. */
    static FaultOrder unused(FaultOrder order, String apart, String parameter, String expression, String prefix) {
        return order.fault(
                        "an unused name",
                        "{" + apart + parameter + ": '" + expression + "', ExpressionAttributeNames: {'#unused': 'x'}}",
                        prefix + "Value provided in ExpressionAttributeNames unused in expressions: keys: {#unused}")
                .fault(
                        "an unused value",
                        "{" + apart + parameter + ": '" + expression
                                + "', ExpressionAttributeValues: {':unused': {S: 'x'}}}",
                        prefix + "Value provided in ExpressionAttributeValues unused in expressions: keys: {:unused}");
    }

    static FaultOrder table(FaultOrder order) {
        return order.fault(
                "a missing table", "{TableName: 'Gone'}", ErrorCode.RESOURCE_NOT_FOUND, "Requested resource not found");
    }

    /** What is wrong with a Key, given the table. {@code wrapped} is where it lies: {@code %s} stands for the key. */
    static FaultOrder keys(FaultOrder order, String wrapped) {
        return order.fault("a key that lacks an attribute", wrapped.formatted("{sk: null}"), BAD_KEY)
                .fault("a key of one attribute more", wrapped.formatted("{more: {S: 'x'}}"), BAD_KEY)
                .fault("an empty key", wrapped.formatted("{pk: {S: ''}}"), EMPTY_KEY)
                .fault("a key that is too long", wrapped.formatted("{pk: {S: '" + "x".repeat(2_049) + "'}}"), LONG_KEY)
                .fault("a key of another type", wrapped.formatted("{sk: {N: null, S: 'x'}}"), BAD_KEY);
    }
}
