package io.gramme.api.wire;

import io.gramme.core.error.ErrorCode;

/**
 * A service of the API: one of DynamoDB's two, ours, or one of those that DynamoDB's clients expect beside it on the same
 * port. Each names its operations with a prefix of its own, and speaks a version of JSON over HTTP.
 */
public enum Service {
    DYNAMODB("DynamoDB_20120810", JsonVersion.V_1_0, "dynamodb"),
    STREAMS("DynamoDBStreams_20120810", JsonVersion.V_1_0, "dynamodb"),
    /** The additional operations of a server, for its operator. */
    GRAMME("Gramme_20261101", JsonVersion.V_1_0, "dynamodb"),
    /** Application Auto Scaling. */
    AUTO_SCALING("AnyScaleFrontendService", JsonVersion.V_1_1, "application-autoscaling");

    /** The version of the protocol: it decides the content types of requests, and the form of errors. */
    public enum JsonVersion {
        /** Error types have a namespace. */
        V_1_0,
        /** Error types are bare names, and all messages are in {@code Message}. */
        V_1_1
    }

    private final String targetPrefix;
    private final JsonVersion json;
    private final String signingName;

    Service(String targetPrefix, JsonVersion json, String signingName) {
        this.targetPrefix = targetPrefix;
        this.json = json;
        this.signingName = signingName;
    }

    /** The part of {@code X-Amz-Target} before the dot. */
    public String targetPrefix() {
        return targetPrefix;
    }

    public JsonVersion json() {
        return json;
    }

    /** The service in the scope of credentials: the same for streams, and for our operations. */
    public String signingName() {
        return signingName;
    }

    /** The value of {@code __type} in an error of this service. */
    public String errorType(ErrorCode code) {
        if (json == JsonVersion.V_1_0) {
            return code.wireType();
        }
        return code == ErrorCode.INTERNAL ? "InternalServiceException" : code.shortName();
    }

    /** The name of the member with the message of an error of this service. */
    public String messageMember(ErrorCode code) {
        return json == JsonVersion.V_1_0 ? code.messageMember() : "Message";
    }
}
