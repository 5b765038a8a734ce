package io.gramme.server.permission;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What every operation on items is to conditions of policies. */
final class ConditionRows {
    static final String TABLE = "arn:aws:dynamodb:us-east-1:000000000000:table/Games";

    private ConditionRows() {}

    /**
     * A request and what it is to policies.
     *
     * @param keys without those that have no values
     */
    record Row(String operation, String request, String action, String resource, Map<String, List<String>> keys) {
        String name() {
            return operation + " as " + action + " on " + resource.substring(TABLE.length());
        }
    }

    private static Row row(String operation, String request, String action, String suffix, Object... keys) {
        var values = new LinkedHashMap<String, List<String>>();
        for (int i = 0; i < keys.length; i += 2) {
            List<String> list = keys[i + 1] instanceof List<?> all
                    ? all.stream().map(String::valueOf).toList()
                    : List.of(String.valueOf(keys[i + 1]));
            values.put("dynamodb:" + keys[i], list);
            if (keys[i].equals("LeadingKeys")) {
                values.put("dynamodb:FirstPartitionKeyValues", list);
            }
        }
        return new Row(operation, request, "dynamodb:" + action, TABLE + suffix, values);
    }

    static final List<Row> ROWS = List.of(
            row(
                    "GetItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}}, ProjectionExpression: '#w',"
                            + " ExpressionAttributeNames: {'#w': 'wins'}}",
                    "GetItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "GetItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}}, ReturnConsumedCapacity: 'TOTAL'}",
                    "GetItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "TOTAL"),
            row(
                    "PutItem",
                    "{TableName: 'Games', Item: {user: {S: 'me'}, game: {S: 'g'}, wins: {N: '1'}},"
                            + " ConditionExpression: 'attribute_not_exists(losses)', ReturnValues: 'ALL_OLD'}",
                    "PutItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins", "losses"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "UpdateItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}}, UpdateExpression: 'SET wins = if_not_exists(losses, wins)',"
                            + " ConditionExpression: 'attribute_exists(wins)',"
                            + " ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}",
                    "UpdateItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins", "losses"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "UpdateItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " AttributeUpdates: {wins: {Value: {N: '2'}, Action: 'PUT'}},"
                            + " Expected: {losses: {Exists: false}}}",
                    "UpdateItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins", "losses"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "DeleteItem",
                    "{TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'none'}}}",
                    "DeleteItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "BatchGetItem",
                    "{RequestItems: {Games: {Keys: [{user: {S: 'me'}, game: {S: 'g'}}, {user: {S: 'you'}, game: {S: 'g'}}],"
                            + " ProjectionExpression: 'wins'}}}",
                    "BatchGetItem",
                    "",
                    "LeadingKeys",
                    List.of("me", "you"),
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "BatchWriteItem",
                    "{RequestItems: {Games: [{PutRequest: {Item: {user: {S: 'me'}, game: {S: 'h'}, wins: {N: '1'}}}},"
                            + " {DeleteRequest: {Key: {user: {S: 'you'}, game: {S: 'none'}}}}]}}",
                    "BatchWriteItem",
                    "",
                    "LeadingKeys",
                    List.of("me", "you"),
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Query",
                    "{TableName: 'Games', KeyConditionExpression: '#u = :u', FilterExpression: 'wins > :n',"
                            + " ExpressionAttributeNames: {'#u': 'user'},"
                            + " ExpressionAttributeValues: {':u': {S: 'me'}, ':n': {N: '0'}}}",
                    "Query",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "wins"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Query",
                    "{TableName: 'Games', KeyConditions: {user: {ComparisonOperator: 'EQ',"
                            + " AttributeValueList: [{S: 'me'}]}}, Select: 'COUNT'}",
                    "Query",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user"),
                    "Select",
                    "COUNT",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Query",
                    "{TableName: 'Games', IndexName: 'by-place', KeyConditionExpression: 'city = :c AND zip = :z',"
                            + " ExpressionAttributeValues: {':c': {S: 'Ghent'}, ':z': {N: '9000'}}}",
                    "Query",
                    "/index/by-place",
                    "LeadingKeys",
                    "Ghent",
                    "SecondPartitionKeyValues",
                    "9000",
                    "Attributes",
                    List.of("city", "zip"),
                    "Select",
                    "ALL_PROJECTED_ATTRIBUTES",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "Scan",
                    "{TableName: 'Games', FilterExpression: 'wins > :n', ExpressionAttributeValues: {':n': {N: '0'}}}",
                    "Scan",
                    "",
                    "Attributes",
                    List.of("wins"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "TransactGetItems",
                    "{TransactItems: [{Get: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " ProjectionExpression: 'wins'}}]}",
                    "GetItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactGetItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{Put: {TableName: 'Games', Item: {user: {S: 'me'}, game: {S: 'i'}}}}]}",
                    "PutItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{Update: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " UpdateExpression: 'SET wins = :n', ExpressionAttributeValues: {':n': {N: '3'}},"
                            + " ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}}]}",
                    "UpdateItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{Delete: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'none'}}}}]}",
                    "DeleteItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "TransactWriteItems",
                    "{TransactItems: [{ConditionCheck: {TableName: 'Games', Key: {user: {S: 'me'}, game: {S: 'g'}},"
                            + " ConditionExpression: 'attribute_exists(game)'}}]}",
                    "ConditionCheckItem",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "TransactWriteItems"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"SELECT wins FROM Games WHERE \\\"user\\\" = 'me'\"}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "wins"),
                    "Select",
                    "SPECIFIC_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "false"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"SELECT * FROM Games WHERE \\\"user\\\" IN ['me', 'you']\"}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    List.of("me", "you"),
                    "Attributes",
                    List.of("user"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "false"),
            row(
                    "ExecuteStatement",
                    "{Statement: 'SELECT * FROM Games WHERE wins > 3'}",
                    "PartiQLSelect",
                    "",
                    "Attributes",
                    List.of("wins"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "true"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"UPDATE Games SET wins = 4 WHERE \\\"user\\\" = 'me' AND game = 'g' RETURNING ALL OLD *\"}",
                    "PartiQLUpdate",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "ALL_OLD",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "ExecuteStatement",
                    "{Statement: \"DELETE FROM Games WHERE \\\"user\\\" = 'me' AND game = 'none'\"}",
                    "PartiQLDelete",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"),
            row(
                    "ExecuteTransaction",
                    "{TransactStatements: [{Statement:"
                            + " \"SELECT * FROM Games WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "ExecuteTransaction",
                    "FullTableScan",
                    "false"),
            row(
                    "ExecuteTransaction",
                    "{TransactStatements: [{Statement:"
                            + " \"UPDATE Games SET wins = 5 WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLUpdate",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "EnclosingOperation",
                    "ExecuteTransaction"),
            row(
                    "BatchExecuteStatement",
                    "{Statements: [{Statement: \"SELECT * FROM Games WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLSelect",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game"),
                    "Select",
                    "ALL_ATTRIBUTES",
                    "ReturnConsumedCapacity",
                    "NONE",
                    "FullTableScan",
                    "false"),
            row(
                    "BatchExecuteStatement",
                    "{Statements: [{Statement: \"UPDATE Games SET wins = 6 WHERE \\\"user\\\" = 'me' AND game = 'g'\"}]}",
                    "PartiQLUpdate",
                    "",
                    "LeadingKeys",
                    "me",
                    "Attributes",
                    List.of("user", "game", "wins"),
                    "ReturnValues",
                    "NONE",
                    "ReturnConsumedCapacity",
                    "NONE"));
}
