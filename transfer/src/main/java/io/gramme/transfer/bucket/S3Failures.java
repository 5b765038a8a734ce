package io.gramme.transfer.bucket;

import io.gramme.transfer.bucket.BucketException.Failure;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What an error of the S3 client means for an export or import. */
final class S3Failures {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int PRECONDITION_FAILED = 412;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_FAULT = 500;
    private static final int INSUFFICIENT_STORAGE = 507;

    private S3Failures() {}

    static BucketException of(SdkException error) {
        if (!(error instanceof S3Exception refusal)) {
            return new BucketException(Failure.UNAVAILABLE, "Cannot reach the bucket: " + error.getMessage(), error);
        }
        return new BucketException(failure(refusal), text(refusal), refusal);
    }

    private static Failure failure(S3Exception refusal) {
        String code = code(refusal);
        return switch (code) {
            case "NoSuchBucket" -> Failure.NO_SUCH_BUCKET;
            case "NoSuchKey" -> Failure.NO_SUCH_KEY;
            case "KMS.NotFoundException" -> Failure.KMS_NOT_FOUND;
            case "KMS.DisabledException" -> Failure.KMS_DISABLED;
            case "KMS.AccessDeniedException" -> Failure.KMS_ACCESS_DENIED;
            case "KMS.KMSInvalidStateException" -> Failure.KMS_INVALID_STATE;
            case "KeyTooLongError", "InvalidURI" -> Failure.INVALID_KEY;
            case "PreconditionFailed" -> Failure.CHANGED;
            case "InsufficientStorage", "XMinioStorageFull" -> Failure.FULL;
            case "RequestTimeTooSkewed" -> Failure.ACCESS_DENIED;
            case "SlowDown", "RequestTimeout", "OperationAborted" -> Failure.UNAVAILABLE;
            default -> byStatus(refusal.statusCode());
        };
    }

    /** Some answers have no body, and some servers codes of their own. */
    private static Failure byStatus(int status) {
        return switch (status) {
            case FORBIDDEN -> Failure.ACCESS_DENIED;
            case NOT_FOUND -> Failure.NO_SUCH_KEY;
            case PRECONDITION_FAILED -> Failure.CHANGED;
            case INSUFFICIENT_STORAGE -> Failure.FULL;
            case REQUEST_TIMEOUT, TOO_MANY_REQUESTS -> Failure.UNAVAILABLE;
            default -> status >= SERVER_FAULT ? Failure.UNAVAILABLE : Failure.REFUSED;
        };
    }

    private static String code(S3Exception refusal) {
        var details = refusal.awsErrorDetails();
        String code = details == null ? null : details.errorCode();
        return code == null ? "null" : code;
    }

    /** In the words of the older client, which the service passes on. */
    private static String text(S3Exception refusal) {
        var details = refusal.awsErrorDetails();
        String words = details == null || details.errorMessage() == null
                ? String.valueOf(refusal.getMessage())
                : details.errorMessage();
        return BucketException.text(
                words,
                refusal.statusCode(),
                code(refusal),
                String.valueOf(refusal.requestId()),
                String.valueOf(refusal.extendedRequestId()));
    }
}
