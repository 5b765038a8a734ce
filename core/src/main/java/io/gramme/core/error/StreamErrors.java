package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.EXPIRED_ITERATOR;
import static io.gramme.core.error.ErrorCode.RESOURCE_NOT_FOUND;
import static io.gramme.core.error.ErrorCode.TRIMMED_DATA_ACCESS;
import static io.gramme.core.error.ErrorCode.VALIDATION;

/**
 * The wording of each message about streams. The refusals of sequence numbers, limits and shard filters are not
 * captured from the service.
 */
public final class StreamErrors {
    private static final String INVALID = "One or more parameter values were invalid: ";

    private StreamErrors() {}

    public static ApiException streamNotFound(String arn) {
        return RESOURCE_NOT_FOUND.because("Requested resource not found: Stream: " + arn + " not found");
    }

    /** Seen in public reports for StreamArn. {@code member} is the parameter. */
    public static ApiException malformedArn(String member) {
        return VALIDATION.because("Invalid " + member);
    }

    public static ApiException shardNotFound(String shard, String arn) {
        return RESOURCE_NOT_FOUND.because(
                "Requested resource not found: Shard: " + shard + " in Stream: " + arn + " not found");
    }

    public static ApiException invalidIterator() {
        return VALIDATION.because("Invalid ShardIterator");
    }

    public static ApiException expiredIterator() {
        return EXPIRED_ITERATOR.because(
                "The shard iterator has expired. Shard iterators are only valid for 15 minutes");
    }

    public static ApiException trimmed() {
        return TRIMMED_DATA_ACCESS.because("The operation attempted to read past the oldest stream record in a shard");
    }

    public static ApiException invalidSequenceNumber() {
        return VALIDATION.because(INVALID + "Invalid SequenceNumber");
    }

    public static ApiException sequenceNumberNotExpected() {
        return VALIDATION.because(INVALID + "SequenceNumber should not be passed for this iterator type");
    }

    public static ApiException tooManyRecords() {
        return VALIDATION.because(INVALID + "Limit should be less than or equal to 1000");
    }

    public static ApiException tooManyShards() {
        return VALIDATION.because(INVALID + "Limit cannot be greater than the maximum: 100");
    }

    public static ApiException tooManyStreams() {
        return VALIDATION.because(INVALID + "Limit cannot be greater than the maximum allowed size: 100");
    }

    /** Not captured from the service, which is known to refuse it with this type of error. */
    public static ApiException filterWithoutType() {
        return VALIDATION.because(INVALID + "Type must be specified for ShardFilter");
    }

    public static ApiException filterWithoutShard() {
        return VALIDATION.because(INVALID + "ShardId must be specified for ShardFilterType CHILD_SHARDS");
    }
}
