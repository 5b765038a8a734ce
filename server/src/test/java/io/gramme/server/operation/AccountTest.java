package io.gramme.server.operation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.Endpoint;
import io.gramme.api.Operations;
import io.gramme.core.identity.Caller;
import io.gramme.server.Client;
import io.gramme.tables.table.AccountRegion;
import java.util.Optional;
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
    void clientsThatDiscoverEndpointsAreSentToTheHostThatTheyUsed() {
        var request = Operations.DESCRIBE_ENDPOINTS.read("{}".getBytes(UTF_8));
        var context = new RequestContext(
                Caller.SERVER,
                new AccountRegion("000000000000", "us-east-1"),
                request.faults(),
                Optional.of("dynamodb.example.com:443"),
                Optional.empty(),
                Long.MAX_VALUE,
                new RequestTrace());
        var answer = new DescribeEndpoints(() -> "localhost:1").handle(request.request(), context);
        assertThat(answer.endpoints()).extracting(Endpoint::address).containsExactly("dynamodb.example.com:443");
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
