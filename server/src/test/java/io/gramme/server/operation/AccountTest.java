package io.gramme.server.operation;

import io.gramme.server.Client;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked about the account and not about a table. */
class AccountTest {
    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void theLimitsAreThoseOfAnAccountThatAskedForNoMore() {
        client.answers("DescribeLimits", "{}", """
                {AccountMaxReadCapacityUnits: 80000, AccountMaxWriteCapacityUnits: 80000,
                 TableMaxReadCapacityUnits: 40000, TableMaxWriteCapacityUnits: 40000}""");
    }

    @Test
    void clientsThatDiscoverEndpointsStayHere() {
        client.answers(
                "DescribeEndpoints", "{}", "{Endpoints: [{Address: 'localhost:1', CachePeriodInMinutes: 1440}]}");
    }

    @Test
    void whatIsEmptyIsShownEmpty() {
        client.answers("ListTables", "{}", "{TableNames: []}");
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
        client.answers(
                "ListTagsOfResource",
                "{ResourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:table/orders'}",
                "{Tags: []}");
    }
}
