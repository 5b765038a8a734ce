package io.gramme.server.operation;

import io.gramme.server.Client;

/** A table with indexes of each kind for tests of statements: three partitions of 5, 5 and 1 items. */
final class MusicTable {
    private MusicTable() {}

    static void create(Client client) {
        client.call("CreateTable", """
                {TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}, {AttributeName: 'sk', AttributeType: 'N'},
                   {AttributeName: 'g', AttributeType: 'S'}, {AttributeName: 'h', AttributeType: 'N'}],
                 KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'sk', KeyType: 'RANGE'}],
                 LocalSecondaryIndexes: [{IndexName: 'lsi-keys', Projection: {ProjectionType: 'KEYS_ONLY'},
                   KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}, {AttributeName: 'h', KeyType: 'RANGE'}]}],
                 GlobalSecondaryIndexes: [{IndexName: 'gsi-inc',
                   Projection: {ProjectionType: 'INCLUDE', NonKeyAttributes: ['inc']},
                   KeySchema: [{AttributeName: 'g', KeyType: 'HASH'}, {AttributeName: 'h', KeyType: 'RANGE'}]}]}""");
        for (int i = 0; i < 5; i++) {
            client.call(
                    "PutItem",
                    "{TableName: 'Music', Item: {pk: {S: 'a'}, sk: {N: '%d'}, g: {S: 'g'}, h: {N: '%d'}, nonproj: {N: '1'}}}"
                            .formatted(i, 10 - i));
            client.call("PutItem", "{TableName: 'Music', Item: {pk: {S: 'b'}, sk: {N: '%d'}}}".formatted(i));
        }
        client.call(
                "PutItem",
                "{TableName: 'Music', Item: {pk: {S: 'c'}, sk: {N: '1'}, n: {N: '5'}, tags: {SS: ['x', 'y']}}}");
    }
}
