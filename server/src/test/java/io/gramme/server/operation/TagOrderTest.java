package io.gramme.server.operation;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of several faults the operations on tags name. */
class TagOrderTest {
    private static final String INVALID = "One or more parameter values were invalid: ";
    private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/";

    private final Client client = Client.inMemory();

    @BeforeEach
    void createTable() {
        client.call("CreateTable", """
                {TableName: 'orders', BillingMode: 'PAY_PER_REQUEST', KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}],
                 AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}]}""");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfTagResource() {
        String fiftyMore = IntStream.range(10, 60)
                .mapToObj(i -> "'" + i + "': {Key: 'k" + i + "', Value: ''}")
                .collect(Collectors.joining(", "));
        return FaultOrder.of(
                        client, "TagResource", "{ResourceArn: '" + ARN + "orders', Tags: [{Key: 'one', Value: '1'}]}")
                .fault(
                        "a key without characters",
                        "{Tags: {'0': {Key: ''}}}",
                        "1 validation error detected: Value '' at 'tags.1.member.key' failed to satisfy constraint: "
                                + "Member must have length greater than or equal to 1")
                .fault("no ARN", "{ResourceArn: 'orders'}", INVALID + "ARNs must start with 'arn:': orders")
                .fault(
                        "an ARN of an index",
                        "{ResourceArn: '" + ARN + "orders/index/by-a'}",
                        INVALID
                                + "Invalid resource arn provided, only table or stream is accepted. Provided resource arn: "
                                + ARN + "orders/index/by-a")
                .fault("no tag", "{Tags: []}", "Atleast one Tag needs to be provided as Input.")
                .fault(
                        "a reserved key",
                        "{Tags: {'0': {Key: 'aws:one'}}}",
                        "Tag Key cannot be prefixed with aws:, Key: aws:one")
                .fault("an unclean value", "{Tags: {'0': {Value: '#'}}}", "The Tag Value provided is invalid, Value: #")
                .fault(
                        "a key twice",
                        "{Tags: {'1': {Key: 'one', Value: ''}}}",
                        "Duplicate Tag Keys provided as input: Duplicate Tag Key found one")
                .apartFrom("a reserved key", "a key without characters")
                .fault(
                        "no table",
                        "{ResourceArn: '" + ARN + "nowhere'}",
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Requested resource not found: ResourcArn: " + ARN + "nowhere not found")
                .fault(
                        "too many tags",
                        "{Tags: {" + fiftyMore + "}}",
                        "Number of Tags exceed the current limit for the provided ResourceArn")
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfUntagResource() {
        return FaultOrder.of(client, "UntagResource", "{ResourceArn: '" + ARN + "orders', TagKeys: ['one']}")
                .fault("no ARN", "{ResourceArn: 'orders'}", INVALID + "ARNs must start with 'arn:': orders")
                .fault("no key", "{TagKeys: []}", "Atleast one Tag Key needs to be provided as Input.")
                .fault("a reserved key", "{TagKeys: ['aws:one']}", "Tag Key cannot be prefixed with aws:, Key: aws:one")
                .fault(
                        "no table",
                        "{ResourceArn: '" + ARN + "nowhere'}",
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "Requested resource not found: ResourcArn: " + ARN + "nowhere not found")
                .checks();
    }
}
