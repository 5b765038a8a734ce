package io.gramme.acceptance;

import java.util.List;
import java.util.Set;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that the server can answer.
 *
 * @param body as JSON; single quotes will do, and names need none
 */
record WellFormed(String operation, String body) {

    private static final Set<String> OF_STREAMS =
            Set.of("ListStreams", "DescribeStream", "GetShardIterator", "GetRecords");

    static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
            .build();

    /** At least one for every operation that is served; the tables come first, because the others use them. */
    static final List<WellFormed> ALL = List.of(
            new WellFormed("CreateTable", """
                    {TableName: 'fuzz', BillingMode: 'PAY_PER_REQUEST',
                     AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'},
                       {AttributeName: 'at', AttributeType: 'N'}, {AttributeName: 'kind', AttributeType: 'S'}],
                     KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}, {AttributeName: 'at', KeyType: 'RANGE'}],
                     LocalSecondaryIndexes: [{IndexName: 'local', Projection: {ProjectionType: 'KEYS_ONLY'},
                       KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}, {AttributeName: 'kind', KeyType: 'RANGE'}]}],
                     GlobalSecondaryIndexes: [{IndexName: 'global', KeySchema: [{AttributeName: 'kind', KeyType: 'HASH'}],
                       Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['a', 'b']}}],
                     StreamSpecification: {StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES'},
                     Tags: [{Key: 'k', Value: 'v'}]}"""),
            new WellFormed("PutItem", """
                    {TableName: 'fuzz', Item: {id: {S: 'x'}, at: {N: '1'}, kind: {S: 'k'}, m: {M: {l: {L: [{N: '1.5'},
                       {BOOL: true}, {NULL: true}, {SS: ['a', 'b']}, {NS: ['1', '2']}, {BS: ['AA==', 'AQ==']}]}}},
                       b: {B: 'AAEC'}}, ConditionExpression: 'attribute_not_exists(#a) OR size(m.l) > :n',
                     ExpressionAttributeNames: {'#a': 'absent'}, ExpressionAttributeValues: {':n': {N: '0'}},
                     ReturnValues: 'ALL_OLD', ReturnConsumedCapacity: 'INDEXES',
                     ReturnItemCollectionMetrics: 'SIZE'}"""),
            new WellFormed("PutItem", """
                    {TableName: 'fuzz', Item: {id: {S: 'y'}, at: {N: '2'}},
                     Expected: {id: {Exists: false}, q: {ComparisonOperator: 'NULL'}}, ConditionalOperator: 'OR'}"""),
            new WellFormed("UpdateItem", """
                    {TableName: 'fuzz', Key: {id: {S: 'x'}, at: {N: '1'}},
                     UpdateExpression: 'SET #c = if_not_exists(#c, :n) + :n, q = list_append(:l, :l) REMOVE z[3].y ADD h :n',
                     ExpressionAttributeNames: {'#c': 'count'},
                     ExpressionAttributeValues: {':n': {N: '1'}, ':l': {L: [{S: 'e'}]}}, ReturnValues: 'UPDATED_NEW'}"""),
            new WellFormed("UpdateItem", """
                    {TableName: 'fuzz', Key: {id: {S: 'x'}, at: {N: '1'}},
                     AttributeUpdates: {a: {Action: 'ADD', Value: {N: '1'}}, b: {Action: 'DELETE'}}}"""),
            new WellFormed("GetItem", """
                    {TableName: 'fuzz', Key: {id: {S: 'x'}, at: {N: '1'}}, ConsistentRead: true,
                     ProjectionExpression: 'm.l[0], kind', ReturnConsumedCapacity: 'TOTAL'}"""),
            new WellFormed("Query", """
                    {TableName: 'fuzz', KeyConditionExpression: 'id = :i AND #t BETWEEN :a AND :b',
                     FilterExpression: 'NOT kind IN (:i, :i) OR contains(kind, :i) AND attribute_type(m, :m)',
                     ExpressionAttributeNames: {'#t': 'at'}, ExpressionAttributeValues: {':i': {S: 'x'}, ':a': {N: '-1'},
                       ':b': {N: '1E3'}, ':m': {S: 'M'}}, Limit: 3, ScanIndexForward: false,
                     ExclusiveStartKey: {id: {S: 'x'}, at: {N: '7'}}}"""),
            new WellFormed("Query", """
                    {TableName: 'fuzz', IndexName: 'global', Select: 'ALL_PROJECTED_ATTRIBUTES',
                     KeyConditions: {kind: {ComparisonOperator: 'EQ', AttributeValueList: [{S: 'k'}]}}}"""),
            new WellFormed("Scan", """
                    {TableName: 'fuzz', IndexName: 'local', Segment: 1, TotalSegments: 3, Limit: 10, Select: 'COUNT',
                     FilterExpression: 'begins_with(kind, :k)', ExpressionAttributeValues: {':k': {S: 'k'}}}"""),
            new WellFormed("BatchWriteItem", """
                    {RequestItems: {fuzz: [{PutRequest: {Item: {id: {S: 'b'}, at: {N: '3'}, kind: {S: 'k'}}}},
                       {DeleteRequest: {Key: {id: {S: 'b'}, at: {N: '4'}}}}]}, ReturnConsumedCapacity: 'TOTAL'}"""),
            new WellFormed("BatchGetItem", """
                    {RequestItems: {fuzz: {Keys: [{id: {S: 'b'}, at: {N: '3'}}, {id: {S: 'x'}, at: {N: '1'}}],
                       ProjectionExpression: 'id, #a', ExpressionAttributeNames: {'#a': 'at'}, ConsistentRead: true}}}"""),
            new WellFormed("DeleteItem", """
                    {TableName: 'fuzz', Key: {id: {S: 'y'}, at: {N: '2'}}, ConditionExpression: 'attribute_exists(id)',
                     ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}"""),
            new WellFormed("TransactWriteItems", """
                    {TransactItems: [{Put: {TableName: 'fuzz', Item: {id: {S: 't'}, at: {N: '1'}},
                         ConditionExpression: 'attribute_not_exists(kind)'}},
                       {Update: {TableName: 'fuzz', Key: {id: {S: 't'}, at: {N: '2'}}, UpdateExpression: 'ADD n :n',
                         ExpressionAttributeValues: {':n': {N: '1'}}}},
                       {Delete: {TableName: 'fuzz', Key: {id: {S: 't'}, at: {N: '3'}}}},
                       {ConditionCheck: {TableName: 'fuzz', Key: {id: {S: 't'}, at: {N: '4'}},
                         ConditionExpression: '#k <> :k', ExpressionAttributeNames: {'#k': 'kind'},
                         ExpressionAttributeValues: {':k': {S: 'k'}}, ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}}],
                     ClientRequestToken: 'token', ReturnConsumedCapacity: 'INDEXES', ReturnItemCollectionMetrics: 'SIZE'}"""),
            new WellFormed("TransactGetItems", """
                    {TransactItems: [{Get: {TableName: 'fuzz', Key: {id: {S: 't'}, at: {N: '1'}},
                       ProjectionExpression: 'id, #k', ExpressionAttributeNames: {'#k': 'kind'}}}],
                     ReturnConsumedCapacity: 'TOTAL'}"""),
            new WellFormed("ExecuteStatement", """
                    {Statement: "SELECT id, m.l[0] FROM fuzz WHERE id = ? AND begins_with(kind, 'k') OR size(m) > 1e2",
                     Parameters: [{S: 'x'}], ConsistentRead: true, Limit: 5, ReturnConsumedCapacity: 'INDEXES'}"""),
            new WellFormed("ExecuteStatement", """
                    {Statement: "UPDATE fuzz SET n = if_not_exists(n, 0) + 1 REMOVE q WHERE id = 'x' AND at = 1 RETURNING ALL NEW *"}"""),
            new WellFormed("ExecuteStatement", """
                    {Statement: "INSERT INTO fuzz VALUE {'id': 'i', 'at': ?, 'l': [1, <<'a'>>, {'m': NULL}], 'b': true}",
                     Parameters: [{N: '1'}]}"""),
            new WellFormed("BatchExecuteStatement", """
                    {Statements: [{Statement: "SELECT * FROM fuzz WHERE id = ? AND at = 1", Parameters: [{S: 'x'}],
                       ConsistentRead: true}, {Statement: "SELECT * FROM fuzz WHERE id = 'y' AND at = 2"}]}"""),
            new WellFormed("ExecuteTransaction", """
                    {TransactStatements: [{Statement: "DELETE FROM fuzz WHERE id = ? AND at = 9", Parameters: [{S: 'x'}],
                       ReturnValuesOnConditionCheckFailure: 'ALL_OLD'}], ClientRequestToken: 'another'}"""),
            new WellFormed("ListStreams", "{TableName: 'fuzz', Limit: 5}"),
            new WellFormed("DescribeStream", """
                    {StreamArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/fuzz/stream/2026-01-01T00:00:00.000', Limit: 5,
                     ExclusiveStartShardId: 'shardId-00000001795408187179-c2fa0b58'}"""),
            new WellFormed("GetShardIterator", """
                    {StreamArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/fuzz/stream/2026-01-01T00:00:00.000',
                     ShardId: 'shardId-00000001795408187179-c2fa0b58', ShardIteratorType: 'AT_SEQUENCE_NUMBER',
                     SequenceNumber: '1000017954081879367770000000000'}"""),
            new WellFormed("GetRecords", """
                    {ShardIterator: 'arn:aws:dynamodb:eu-west-1:111111111111:table/fuzz/stream/2026-01-01T00:00:00.000|1|AAAAAwAGYOoLRNAJAAAAAAAAAaIGqtjZ',
                     Limit: 10}"""),
            new WellFormed("UpdateTable", """
                    {TableName: 'fuzz', AttributeDefinitions: [{AttributeName: 'w', AttributeType: 'B'}],
                     GlobalSecondaryIndexUpdates: [{Create: {IndexName: 'more', Projection: {ProjectionType: 'ALL'},
                       KeySchema: [{AttributeName: 'w', KeyType: 'HASH'}]}}]}"""),
            new WellFormed("UpdateTable", """
                    {TableName: 'fuzz', GlobalSecondaryIndexUpdates: [{Delete: {IndexName: 'more'}}],
                     DeletionProtectionEnabled: false}"""),
            new WellFormed("DescribeTable", "{TableName: 'fuzz'}"),
            new WellFormed("ListTables", "{Limit: 10, ExclusiveStartTableName: 'aaa'}"),
            new WellFormed("TagResource", """
                    {ResourceArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/fuzz', Tags: [{Key: 'a', Value: ''}]}"""),
            new WellFormed("UntagResource", """
                    {ResourceArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/fuzz', TagKeys: ['a']}"""),
            new WellFormed("ListTagsOfResource", """
                    {ResourceArn: 'arn:aws:dynamodb:eu-west-1:111111111111:table/fuzz'}"""),
            new WellFormed("DescribeContinuousBackups", "{TableName: 'fuzz'}"),
            new WellFormed("DescribeLimits", "{}"),
            new WellFormed("DescribeEndpoints", "{}"),
            new WellFormed("DeleteTable", "{TableName: 'fuzz'}"));

    /** What the header {@code X-Amz-Target} says of an operation. */
    static String target(String operation) {
        return (OF_STREAMS.contains(operation) ? "DynamoDBStreams_20120810." : "DynamoDB_20120810.") + operation;
    }

    String json() {
        return JSON.readTree(body).toString();
    }
}
