package io.gramme.core.error;

import java.util.EnumSet;
import java.util.Set;

/**
 * The errors that a client can see. The wire name, the status and the spelling of the message member are facts of the
 * service (captured; the names are in the API model), written here and nowhere else.
 */
public enum ErrorCode {
    VALIDATION("com.amazon.coral.validate#ValidationException", 400),
    SERIALIZATION("com.amazon.coral.service#SerializationException", 400),
    UNKNOWN_OPERATION("com.amazon.coral.service#UnknownOperationException", 400),
    MISSING_AUTHENTICATION_TOKEN("com.amazon.coral.service#MissingAuthenticationTokenException", 400),
    INCOMPLETE_SIGNATURE("com.amazon.coral.service#IncompleteSignatureException", 400),
    INVALID_SIGNATURE("com.amazon.coral.service#InvalidSignatureException", 400),
    UNRECOGNIZED_CLIENT("com.amazon.coral.service#UnrecognizedClientException", 400),
    EXPIRED_TOKEN("com.amazon.coral.service#ExpiredTokenException", 400),
    ACCESS_DENIED("com.amazon.coral.service#AccessDeniedException", 400),
    DUPLICATE_ITEM("com.amazonaws.dynamodb.v20120810#DuplicateItemException", 400),
    CONDITION_FAILED("com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException", 400),
    ITEM_COLLECTION_TOO_LARGE("com.amazonaws.dynamodb.v20120810#ItemCollectionSizeLimitExceededException", 400),
    LIMIT_EXCEEDED("com.amazonaws.dynamodb.v20120810#LimitExceededException", 400),
    RESOURCE_IN_USE("com.amazonaws.dynamodb.v20120810#ResourceInUseException", 400),
    RESOURCE_NOT_FOUND("com.amazonaws.dynamodb.v20120810#ResourceNotFoundException", 400),
    TABLE_ALREADY_EXISTS("com.amazonaws.dynamodb.v20120810#TableAlreadyExistsException", 400),
    TABLE_IN_USE("com.amazonaws.dynamodb.v20120810#TableInUseException", 400),
    POLICY_NOT_FOUND("com.amazonaws.dynamodb.v20120810#PolicyNotFoundException", 400),
    BACKUP_NOT_FOUND("com.amazonaws.dynamodb.v20120810#BackupNotFoundException", 400),
    BACKUP_IN_USE("com.amazonaws.dynamodb.v20120810#BackupInUseException", 400),
    CONTINUOUS_BACKUPS_UNAVAILABLE("com.amazonaws.dynamodb.v20120810#ContinuousBackupsUnavailableException", 400),
    POINT_IN_TIME_RECOVERY_UNAVAILABLE("com.amazonaws.dynamodb.v20120810#PointInTimeRecoveryUnavailableException", 400),
    INVALID_RESTORE_TIME("com.amazonaws.dynamodb.v20120810#InvalidRestoreTimeException", 400),
    EXPORT_NOT_FOUND("com.amazonaws.dynamodb.v20120810#ExportNotFoundException", 400),
    EXPORT_CONFLICT("com.amazonaws.dynamodb.v20120810#ExportConflictException", 400),
    INVALID_EXPORT_TIME("com.amazonaws.dynamodb.v20120810#InvalidExportTimeException", 400),
    IMPORT_NOT_FOUND("com.amazonaws.dynamodb.v20120810#ImportNotFoundException", 400),
    IMPORT_CONFLICT("com.amazonaws.dynamodb.v20120810#ImportConflictException", 400),
    GLOBAL_TABLE_NOT_FOUND("com.amazonaws.dynamodb.v20120810#GlobalTableNotFoundException", 400),
    TABLE_NOT_FOUND("com.amazonaws.dynamodb.v20120810#TableNotFoundException", 400),
    PROVISIONED_THROUGHPUT_EXCEEDED("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException", 400),
    THROTTLING("com.amazonaws.dynamodb.v20120810#ThrottlingException", 400),
    REQUEST_LIMIT_EXCEEDED("com.amazonaws.dynamodb.v20120810#RequestLimitExceeded", 400),
    TRANSACTION_CANCELED("com.amazonaws.dynamodb.v20120810#TransactionCanceledException", 400),
    TRANSACTION_IN_PROGRESS("com.amazonaws.dynamodb.v20120810#TransactionInProgressException", 400),
    IDEMPOTENT_PARAMETER_MISMATCH("com.amazonaws.dynamodb.v20120810#IdempotentParameterMismatchException", 400),
    TRANSACTION_CONFLICT("com.amazonaws.dynamodb.v20120810#TransactionConflictException", 400),
    TRIMMED_DATA_ACCESS("com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException", 400),
    EXPIRED_ITERATOR("com.amazonaws.dynamodb.v20120810#ExpiredIteratorException", 400),
    OBJECT_NOT_FOUND("ObjectNotFoundException", 400),
    CONCURRENT_UPDATE("ConcurrentUpdateException", 400),
    INVALID_NEXT_TOKEN("InvalidNextTokenException", 400),
    TOO_MANY_TAGS("TooManyTagsException", 400),
    REQUEST_TOO_LARGE("com.amazon.coral.service#RequestEntityTooLargeException", 413),
    INTERNAL("com.amazonaws.dynamodb.v20120810#InternalServerError", 500),
    SERVICE_UNAVAILABLE("com.amazon.coral.availability#ServiceUnavailableException", 503);

    private static final Set<ErrorCode> WITH_A_CAPITAL =
            EnumSet.of(ACCESS_DENIED, TRANSACTION_CANCELED, TRANSACTION_IN_PROGRESS, IDEMPOTENT_PARAMETER_MISMATCH);

    private final String wireType;
    private final int status;

    ErrorCode(String wireType, int status) {
        this.wireType = wireType;
        this.status = status;
    }

    /** The value of {@code __type} in answers of DynamoDB; bare for the errors of other services. */
    public String wireType() {
        return wireType;
    }

    /** The type without its namespace, as SDKs and logs show it: ValidationException. */
    public String shortName() {
        return wireType.substring(wireType.indexOf('#') + 1);
    }

    public int status() {
        return status;
    }

    /** The name of the message member: capitalized for these alone. */
    public String messageMember() {
        return WITH_A_CAPITAL.contains(this) ? "Message" : "message";
    }

    /** The name of the member with the reasons of throttling (API model). */
    public String throttlingMember() {
        return this == THROTTLING ? "throttlingReasons" : "ThrottlingReasons";
    }

    public ApiException because(String message) {
        return new ApiException(this, message);
    }
}
