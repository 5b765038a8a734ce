package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.INTERNAL;
import static io.gramme.core.error.ErrorCode.REQUEST_TOO_LARGE;
import static io.gramme.core.error.ErrorCode.SERIALIZATION;
import static io.gramme.core.error.ErrorCode.SERVICE_UNAVAILABLE;
import static io.gramme.core.error.ErrorCode.THROTTLING;
import static io.gramme.core.error.ErrorCode.UNKNOWN_OPERATION;

/**
 * The wording of each message of the wire protocol: faults of a request that are found before its body is parsed. Those
 * of its credentials are in {@link SignatureErrors}.
 */
public final class WireErrors {
    private static final int LONGEST_NAME = 64;

    private WireErrors() {}

    /** The body is not JSON. The service has no message for it. */
    public static ApiException unreadableBody() {
        return SERIALIZATION.because("");
    }

    /** The target names no operation. The service has no message for it. */
    public static ApiException unknownOperation() {
        return UNKNOWN_OPERATION.because("");
    }

    /** Ours: the service fails with an internal error here (captured: 500). */
    public static ApiException unknownContentCoding(String name) {
        String shown = name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) + "..." : name;
        return SERIALIZATION.because("Content-Encoding '" + shown
                + "' is not supported. Send the body as it is, or compressed by gzip or deflate (zlib)");
    }

    /** Ours, for the same reason. */
    public static ApiException brokenContent(String coding) {
        return SERIALIZATION.because("The body is not valid " + coding + ", which its Content-Encoding says it is");
    }

    /** A compressed body that is far longer than what was sent. */
    public static ApiException denseContent(String coding) {
        return SERIALIZATION.because("The body in " + coding + " is more than 256 times as long as it was sent");
    }

    /** The type is the service's, the words are ours: a client shows them to a developer who looks for the cause. */
    public static ApiException operationNotBuilt(String operation) {
        return UNKNOWN_OPERATION.because(operation + " is an operation of DynamoDB that Gramme does not support yet");
    }

    /** The same for an operation of a service that AWS serves at another address. */
    public static ApiException operationOfOtherService(String target) {
        return UNKNOWN_OPERATION.because(target + " is not an operation of a service that this endpoint"
                + " serves. Give the client of the other service an endpoint of its own");
    }

    /** Captured as a bare status; the type is ours. */
    public static ApiException bodyTooLarge() {
        return REQUEST_TOO_LARGE.because("");
    }

    /** The answer to every fault of ours: the details are in the log, under the request's id. */
    public static ApiException internal() {
        return INTERNAL.because("Internal server error");
    }

    /**
     * This server cannot tell whether its state is that of the other servers. Clients retry, and reach another server.
     */
    public static ApiException outOfTouch() {
        return SERVICE_UNAVAILABLE.because("This server has lost touch with its cluster, please retry");
    }

    /**
     * The disk has no room for writes. SDKs retry every answer of this status, and none takes it for a fault of the
     * request.
     */
    public static ApiException diskFull() {
        return SERVICE_UNAVAILABLE.because(
                "The disk of this server is full: writes are refused until there is space again, please retry");
    }

    /** Ours: a change that the audit log has no room for is not made. */
    public static ApiException notRecorded(String why) {
        return SERVICE_UNAVAILABLE.because(why);
    }

    /** Too many concurrent requests: the service's error for it, at which SDKs slow down before they retry. */
    public static ApiException tooManyRequests() {
        return THROTTLING.because("Rate of requests exceeds the allowed throughput");
    }

    /** The requests in progress hold too much memory. Clients wait and retry. */
    public static ApiException overloaded() {
        return SERVICE_UNAVAILABLE.because("The service is temporarily overloaded, please retry");
    }
}
