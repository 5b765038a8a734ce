package io.gramme.transfer.bucket;

/**
 * A bucket did not do what it was asked. The message is fit for FailureMessage: the service's text where there is one.
 */
public final class BucketException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What went wrong; {@link #code} is the FailureCode of an export or import. */
    public enum Failure {
        NO_SUCH_BUCKET("S3NoSuchBucket"),
        NO_SUCH_KEY("S3NoSuchKey"),
        ACCESS_DENIED("S3AccessDenied"),
        KMS_NOT_FOUND("KmsNotFoundException"),
        KMS_DISABLED("KmsDisabledException"),
        KMS_ACCESS_DENIED("KmsAccessDeniedException"),
        KMS_INVALID_STATE("KmsInvalidStateException"),
        /** The key cannot be the key of an object in this bucket. The code is ours. */
        INVALID_KEY("S3InvalidKey"),
        /** An object was replaced while it was read, or is not what the reader may take it for. The code is ours. */
        CHANGED("S3ObjectChanged"),
        /** The endpoint refused a request for another reason, which the message has. The code is ours. */
        REFUSED("S3Refused"),
        /** There is no room. The code is ours. */
        FULL("S3BucketFull"),
        /** A network, a disk or a server failed, perhaps for a while. The code is ours. */
        UNAVAILABLE("S3Unavailable");

        private final String code;

        Failure(String code) {
            this.code = code;
        }

        /** FailureCode. */
        public String code() {
            return code;
        }
    }

    private final Failure failure;

    public BucketException(Failure failure, String message) {
        super(message);
        this.failure = failure;
    }

    public BucketException(Failure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }

    /** Whether the same request may succeed later without any change by a person. */
    public boolean isTransient() {
        return failure == Failure.UNAVAILABLE;
    }

    /** The text of S3's Java client, which the service passes on. */
    static BucketException noSuchBucket() {
        return new BucketException(
                Failure.NO_SUCH_BUCKET, text("The specified bucket does not exist", 404, "NoSuchBucket"));
    }

    static BucketException noSuchKey(String key) {
        return new BucketException(
                Failure.NO_SUCH_KEY, text("The specified key does not exist: " + key, 404, "NoSuchKey"));
    }

    static BucketException invalidKey(String reason) {
        return new BucketException(Failure.INVALID_KEY, reason);
    }

    private static String text(String words, int status, String error) {
        return text(words, status, error, "null", "null");
    }

    static String text(String words, int status, String error, String requestId, String extendedRequestId) {
        return words + " (Service: Amazon S3; Status Code: " + status + "; Error Code: " + error + "; Request ID: "
                + requestId + "; S3 Extended Request ID: " + extendedRequestId + "; Proxy: null)";
    }
}
