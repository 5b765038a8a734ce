package io.gramme.api.wire;

/** A service of the API: one of DynamoDB's two, or ours; each names its operations with a prefix of its own. */
public enum Service {
    DYNAMODB("DynamoDB_20120810"),
    STREAMS("DynamoDBStreams_20120810"),
    /** The additional operations of a server, for its operator. */
    GRAMME("Gramme_20261101");

    private final String targetPrefix;

    Service(String targetPrefix) {
        this.targetPrefix = targetPrefix;
    }

    /** The part of {@code X-Amz-Target} before the dot. */
    public String targetPrefix() {
        return targetPrefix;
    }
}
