package io.gramme.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.error.ErrorCode;
import io.gramme.server.Client;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The states of Kinesis destinations and what is said in each, as measured on the service. */
class KinesisDestinationTest {
    private static final String ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/first";
    private static final String OTHER = "arn:aws:kinesis:us-east-1:000000000000:stream/second";
    private static final String STATE = "Table is not in a valid state to enable Kinesis Streaming Destination: ";
    private static final String NOT_DISABLED =
            STATE + "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.";
    private static final String NOT_ACTIVE =
            STATE + "KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.";

    private Instant now = Instant.parse("2026-11-23T10:00:00Z");
    private final Client client = Client.at(() -> now);

    @BeforeEach
    void create() {
        client.call("CreateTable", """
                {TableName: 'Music', BillingMode: 'PAY_PER_REQUEST',
                 AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],
                 KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}""");
    }

    @AfterEach
    void close() {
        client.close();
    }

    private static String about(String arn) {
        return "{TableName: 'Music', StreamArn: '" + arn + "'}";
    }

    private static String precision(String arn, String precision) {
        return "{TableName: 'Music', StreamArn: '" + arn
                + "', UpdateKinesisStreamingConfiguration: {ApproximateCreationDateTimePrecision: '" + precision
                + "'}}";
    }

    private void enable(String arn) {
        client.call("EnableKinesisStreamingDestination", about(arn));
    }

    private void disable(String arn) {
        client.call("DisableKinesisStreamingDestination", about(arn));
    }

    /** @param destinations those that there are, without their brackets */
    private void shows(String destinations) {
        client.answers(
                "DescribeKinesisStreamingDestination",
                "{TableName: 'Music'}",
                "{TableName: 'Music', KinesisDataStreamDestinations: [" + destinations + "]}");
    }

    private static String entry(String arn, String status) {
        return "{StreamArn: '" + arn + "', DestinationStatus: '" + status + "'}";
    }

    @Test
    void aDestinationIsEnabledAndDisabledAndEnabledAgain() {
        shows("");
        client.answers(
                "EnableKinesisStreamingDestination",
                about(ARN),
                "{TableName: 'Music', StreamArn: '" + ARN
                        + "', DestinationStatus: 'ENABLING', EnableKinesisStreamingConfiguration: {}}");
        shows(entry(ARN, "ACTIVE"));
        client.answers(
                "DisableKinesisStreamingDestination",
                about(ARN),
                "{TableName: 'Music', StreamArn: '" + ARN + "', DestinationStatus: 'DISABLING'}");
        shows(entry(ARN, "DISABLED"));
        enable(ARN);
        shows(entry(ARN, "ACTIVE"));
    }

    @Test
    void aTableHasOneAtATime() {
        enable(ARN);
        client.refuses("EnableKinesisStreamingDestination", about(ARN), NOT_DISABLED);
        client.refuses("EnableKinesisStreamingDestination", about(OTHER), NOT_DISABLED);
        disable(ARN);
        enable(OTHER);
        shows(entry(OTHER, "ACTIVE") + "," + entry(ARN, "DISABLED"));
    }

    @Test
    void oneThatEndedIsShownForADay() {
        enable(ARN);
        disable(ARN);
        now = now.plus(Duration.ofHours(23));
        shows(entry(ARN, "DISABLED"));
        now = now.plus(Duration.ofHours(2));
        shows("");
    }

    @Test
    void onlyWhatIsActiveIsDisabled() {
        client.refuses("DisableKinesisStreamingDestination", about(ARN), NOT_ACTIVE);
        enable(ARN);
        client.refuses("DisableKinesisStreamingDestination", about(OTHER), NOT_ACTIVE);
        client.refuses(
                "DisableKinesisStreamingDestination",
                "{TableName: 'Music', StreamArn: '" + ARN + "', EnableKinesisStreamingConfiguration: {}}",
                "Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
        disable(ARN);
        client.refuses("DisableKinesisStreamingDestination", about(ARN), NOT_ACTIVE);
    }

    @Test
    void thePrecisionIsChosenAndChanged() {
        client.answers(
                "EnableKinesisStreamingDestination",
                "{TableName: 'Music', StreamArn: '" + ARN + "', EnableKinesisStreamingConfiguration: "
                        + "{ApproximateCreationDateTimePrecision: 'MICROSECOND'}}",
                "{TableName: 'Music', StreamArn: '" + ARN + "', DestinationStatus: 'ENABLING',"
                        + "EnableKinesisStreamingConfiguration: {ApproximateCreationDateTimePrecision: 'MICROSECOND'}}");
        shows("{StreamArn: '" + ARN
                + "', DestinationStatus: 'ACTIVE', ApproximateCreationDateTimePrecision: 'MICROSECOND'}");
        client.answers(
                "UpdateKinesisStreamingDestination",
                precision(ARN, "MILLISECOND"),
                "{TableName: 'Music', StreamArn: '" + ARN + "', DestinationStatus: 'UPDATING',"
                        + "UpdateKinesisStreamingConfiguration: {ApproximateCreationDateTimePrecision: 'MILLISECOND'}}");
        shows("{StreamArn: '" + ARN
                + "', DestinationStatus: 'ACTIVE', ApproximateCreationDateTimePrecision: 'MILLISECOND'}");
        disable(ARN);
        enable(ARN);
        shows(entry(ARN, "ACTIVE"));
    }

    @Test
    void whatCannotBeUpdatedIsSaid() {
        client.refuses(
                "UpdateKinesisStreamingDestination",
                precision(ARN, "MICROSECOND"),
                STATE + "No streaming destination with streamArn: " + ARN + " found for table with tableName: Music");
        enable(ARN);
        String nothing = "Streaming destination cannot be updated with given parameters: "
                + "UpdateKinesisStreamingConfiguration cannot be null or contain only null values";
        client.refuses("UpdateKinesisStreamingDestination", about(ARN), nothing);
        client.refuses(
                "UpdateKinesisStreamingDestination",
                "{TableName: 'Music', StreamArn: '" + ARN + "', UpdateKinesisStreamingConfiguration: {}}",
                nothing);
        String tableId = client.call("DescribeTable", "{TableName: 'Music'}")
                .at("/Table/TableId")
                .asString();
        client.refuses(
                "UpdateKinesisStreamingDestination",
                precision(ARN, "MILLISECOND"),
                "Invalid Request: Precision is already set to the desired value of MILLISECOND for tableId: " + tableId
                        + ", kdsArn: " + ARN);
        disable(ARN);
        client.refuses(
                "UpdateKinesisStreamingDestination",
                precision(ARN, "MICROSECOND"),
                STATE + "Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state."
                        + " TableName: Music, kdsArn: " + ARN);
    }

    @Test
    void thePrecisionIsChangedThreeTimesADay() {
        enable(ARN);
        for (String precision : new String[] {"MICROSECOND", "MILLISECOND", "MICROSECOND"}) {
            client.call("UpdateKinesisStreamingDestination", precision(ARN, precision));
            now = now.plus(Duration.ofHours(1));
        }
        assertThat(client.refuses(
                                "UpdateKinesisStreamingDestination",
                                precision(ARN, "MILLISECOND"),
                                "Subscriber limit exceeded: The precision of a Kinesis streaming destination can be"
                                        + " changed at most 3 times in 24 hours")
                        .code())
                .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
        now = now.plus(Duration.ofHours(22));
        client.call("UpdateKinesisStreamingDestination", precision(ARN, "MILLISECOND"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            arn:aws:kinesis:eu-west-1:000000000000:stream/first | The kinesis Arn used to enable kinesis replication belongs to a stream which is not in the current region
            arn:aws:dynamodb:us-east-1:000000000000:table/first | User does not have a permission to use kinesis stream
            """)
    void anArnThatIsNoGoodIsFoundOutLater(String arn, String description) {
        enable(arn);
        String failed = "{StreamArn: '" + arn + "', DestinationStatus: 'ENABLE_FAILED', DestinationStatusDescription: '"
                + description + "'}";
        shows(failed);
        client.refuses("DisableKinesisStreamingDestination", about(arn), NOT_ACTIVE);
        enable(arn);
        shows(failed);
        enable(ARN);
        shows(entry(ARN, "ACTIVE") + "," + failed);
    }

    @Test
    void failuresAreNotRememberedWithoutEnd() {
        for (int i = 0; i < 50; i++) {
            enable("arn:aws:kinesis:eu-west-1:000000000000:stream/s" + i);
        }
        assertThat(client.call("DescribeKinesisStreamingDestination", "{TableName: 'Music'}")
                        .get("KinesisDataStreamDestinations"))
                .hasSize(21);
    }

    @Test
    void aTableShowsNothingOfItAndHasNoStream() {
        JsonNode before = client.call("DescribeTable", "{TableName: 'Music'}");
        enable(ARN);
        assertThat(client.call("DescribeTable", "{TableName: 'Music'}")).isEqualTo(before);
        client.answersFromStreams("ListStreams", "{}", "{Streams: []}");
    }

    @Test
    void aStreamComesAndGoesBesideIt() {
        enable(ARN);
        client.call("UpdateTable", """
                {TableName: 'Music', StreamSpecification: {StreamEnabled: true, StreamViewType: 'KEYS_ONLY'}}""");
        shows(entry(ARN, "ACTIVE"));
        client.call("UpdateTable", "{TableName: 'Music', StreamSpecification: {StreamEnabled: false}}");
        shows(entry(ARN, "ACTIVE"));
    }

    @Test
    void aNewTableOfTheNameHasNone() {
        enable(ARN);
        client.call("DeleteTable", "{TableName: 'Music'}");
        create();
        shows("");
    }
}
