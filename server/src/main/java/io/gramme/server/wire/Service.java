package io.gramme.server.wire;

/** The two services behind one address, by the prefix each has in {@code X-Amz-Target}. */
public enum Service {
    DYNAMODB("DynamoDB_20120810"),
    STREAMS("DynamoDBStreams_20120810");

    private final String targetPrefix;

    Service(String targetPrefix) {
        this.targetPrefix = targetPrefix;
    }

    public String targetPrefix() {
        return targetPrefix;
    }
}
