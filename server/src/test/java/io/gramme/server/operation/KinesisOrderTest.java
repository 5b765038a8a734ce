package io.gramme.server.operation;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import io.gramme.server.FaultOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Which of several faults the operations on Kinesis destinations name. */
class KinesisOrderTest {
    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/first";
    private static final String NO_NAME = "The parameter 'TableName' is required but was not present in the request";
    private static final String NOT_FOUND = "Requested resource not found: Table: nowhere not found";
    private static final String BAD_NAME = "1 validation error detected: Value 'a#b' at 'tableName' failed to satisfy "
            + "constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
    private static final String STATE = "Table is not in a valid state to enable Kinesis Streaming Destination: ";

    private final Client client = Client.inMemory();

    @AfterEach
    void close() {
        client.close();
    }

    private void create() {
        client.call("CreateTable", """
                {TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}""");
    }

    private static String violation(String value, String member, String phrase) {
        return "1 validation error detected: Value " + value + " at '" + member
                + "' failed to satisfy constraint: Member must " + phrase;
    }

    private FaultOrder faults(String operation, String request) {
        return FaultOrder.of(client, operation, request)
                .fault("no name", "{TableName: null}", NO_NAME)
                .fault("no stream", "{StreamArn: null}", violation("null", "streamArn", "not be null"))
                .fault(
                        "a short ARN",
                        "{StreamArn: 'short'}",
                        violation("'short'", "streamArn", "have length greater than or equal to 37"));
    }

    @TestFactory
    Stream<DynamicTest> faultsOfALook() {
        create();
        return FaultOrder.of(client, "DescribeKinesisStreamingDestination", "{TableName: 'Music'}")
                .fault("no name", "{TableName: null}", NO_NAME)
                .fault("a bad name", "{TableName: 'a#b'}", BAD_NAME)
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfAnEnabling() {
        create();
        return faults("EnableKinesisStreamingDestination", "{TableName: 'Music', StreamArn: '" + ARN + "'}")
                .fault(
                        "an unknown precision",
                        "{EnableKinesisStreamingConfiguration: {ApproximateCreationDateTimePrecision: 'SECOND'}}",
                        violation(
                                "'SECOND'",
                                "enableKinesisStreamingConfiguration.approximateCreationDateTimePrecision",
                                "satisfy enum value set: [MILLISECOND, MICROSECOND]"))
                // With these it is told together.
                .apartFrom("no stream", "a short ARN")
                .fault("a bad name", "{TableName: 'a#b'}", BAD_NAME)
                .apartFrom("no stream", "a short ARN", "an unknown precision")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .checks();
    }

    @TestFactory
    Stream<DynamicTest> faultsOfAnUpdate() {
        create();
        client.call("EnableKinesisStreamingDestination", "{TableName: 'Music', StreamArn: '" + ARN + "'}");
        return faults(
                        "UpdateKinesisStreamingDestination",
                        "{TableName: 'Music', StreamArn: '" + ARN
                                + "', UpdateKinesisStreamingConfiguration: "
                                + "{ApproximateCreationDateTimePrecision: 'MICROSECOND'}}")
                .fault("a bad name", "{TableName: 'a#b'}", BAD_NAME)
                .apartFrom("no stream", "a short ARN")
                .fault(
                        "nothing to update",
                        "{UpdateKinesisStreamingConfiguration: null}",
                        "Streaming destination cannot be updated with given parameters: "
                                + "UpdateKinesisStreamingConfiguration cannot be null or contain only null values")
                .fault("no table", "{TableName: 'nowhere'}", ErrorCode.RESOURCE_NOT_FOUND, NOT_FOUND)
                .fault(
                        "no destination",
                        "{StreamArn: '" + ARN + "2'}",
                        STATE + "No streaming destination with streamArn: " + ARN
                                + "2 found for table with tableName: Music")
                .checks();
    }
}
