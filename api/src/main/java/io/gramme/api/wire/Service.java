package io.gramme.api.wire;

/** One of the two services of the API, or ours; each names its operations with a prefix of its own. */
public enum Service {
    DYNAMODB("DynamoDB_20120810"),
    STREAMS("DynamoDBStreams_20120810"),
    /** The additional operations of a server, for its operator. */
    GRAMME("Gramme_20261101");

    private final String targetPrefix;

    Service(String targetPrefix) {
        this.targetPrefix = targetPrefix;
    }

    /** What stands before the dot in {@code X-Amz-Target}. */
    public String targetPrefix() {
        return targetPrefix;
    }
}
