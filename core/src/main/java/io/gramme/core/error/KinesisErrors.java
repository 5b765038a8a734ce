package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.VALIDATION;

/**
 * The wording of each message about Kinesis destinations: the service's, as clients have reported it, except for the
 * limit on changes, whose words are a guess.
 */
public final class KinesisErrors {
    /** The status text of a destination whose ARN is of another region. */
    public static final String OTHER_REGION =
            "The kinesis Arn used to enable kinesis replication belongs to a stream which is not in the current region";

    /** The status text for an ARN that is not that of a stream, and for a stream that does not exist. */
    public static final String NO_STREAM = "User does not have a permission to use kinesis stream";

    private KinesisErrors() {}

    /** For every change, not only for enabling one. */
    private static ApiException invalidState(String what) {
        return VALIDATION.because("Table is not in a valid state to enable Kinesis Streaming Destination: " + what);
    }

    /** The same text whether this destination or another is enabled: a table has one. */
    public static ApiException alreadyEnabled() {
        return invalidState("EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE"
                + " operation.");
    }

    /** Also if there never was such a destination. */
    public static ApiException notEnabled() {
        return invalidState("KinesisStreamingDestination must be ACTIVE to perform DISABLE operation.");
    }

    public static ApiException disabledWithConfiguration() {
        return VALIDATION.because("Stream cannot be disabled using EnableKinesisStreamingConfiguration parameters");
    }

    public static ApiException nothingToUpdate() {
        return VALIDATION.because("Streaming destination cannot be updated with given parameters:"
                + " UpdateKinesisStreamingConfiguration cannot be null or contain only null values");
    }

    public static ApiException noDestination(String streamArn, String table) {
        return invalidState(
                "No streaming destination with streamArn: " + streamArn + " found for table with tableName: " + table);
    }

    public static ApiException notUpdatable(String streamArn, String table) {
        return invalidState("Kinesis streaming is not in ACTIVE state. Updates are only allowed in ACTIVE state."
                + " TableName: " + table + ", kdsArn: " + streamArn);
    }

    public static ApiException samePrecision(String precision, String tableId, String streamArn) {
        return VALIDATION.because("Invalid Request: Precision is already set to the desired value of " + precision
                + " for tableId: " + tableId + ", kdsArn: " + streamArn);
    }

    public static ApiException tooManyChanges(int limit) {
        return TableErrors.limit("The precision of a Kinesis streaming destination can be changed at most " + limit
                + " times in 24 hours");
    }
}
