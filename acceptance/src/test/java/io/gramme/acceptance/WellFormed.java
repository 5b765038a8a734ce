package io.gramme.acceptance;

import java.util.List;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A request that the server can answer.
 *
 * @param body as JSON; single quotes will do, and names need none
 */
record WellFormed(String operation, String body) {

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
            new WellFormed("DescribeLimits", "{}"),
            new WellFormed("DescribeEndpoints", "{}"),
            new WellFormed("DeleteTable", "{TableName: 'fuzz'}"));

    String json() {
        return JSON.readTree(body).toString();
    }
}
