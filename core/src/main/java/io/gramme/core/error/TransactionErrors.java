package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static io.gramme.core.error.ErrorCode.TRANSACTION_CANCELED;
import static io.gramme.core.error.ErrorCode.TRANSACTION_CONFLICT;
import static io.gramme.core.error.ErrorCode.TRANSACTION_IN_PROGRESS;
import static io.gramme.core.error.ErrorCode.VALIDATION;
import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The wording of each message about transactions, as the service words it. */
public final class TransactionErrors {

    /** The cancellation code of each error that is a cancellation reason. An error that is not here never is one. */
    private static final Map<ErrorCode, String> REASONS = Map.of(
            ErrorCode.CONDITION_FAILED, "ConditionalCheckFailed",
            // The developer guide: the code is that of the single statement. Not captured from the service.
            ErrorCode.DUPLICATE_ITEM, "DuplicateItem",
            ErrorCode.ITEM_COLLECTION_TOO_LARGE, "ItemCollectionSizeLimitExceeded",
            ErrorCode.TRANSACTION_CONFLICT, "TransactionConflict",
            ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED, "ProvisionedThroughputExceeded",
            ErrorCode.THROTTLING, "ThrottlingError",
            ErrorCode.VALIDATION, "ValidationError");

    private TransactionErrors() {}

    /** Whether the fault of one action cancels the transaction, as opposed to being the answer to the whole request. */
    public static boolean isReason(ApiException refusal) {
        return REASONS.containsKey(refusal.code()) && !refusal.isOfWholeRequest();
    }

    /** @param refusals for each action the error that refused it, if any; at least one, and all of them reasons */
    public static ApiException cancelled(List<Optional<ApiException>> refusals) {
        List<CancellationReason> reasons = refusals.stream()
                .map(refusal -> refusal.map(TransactionErrors::reason).orElse(CancellationReason.NONE))
                .toList();
        String codes = reasons.stream().map(CancellationReason::code).collect(joining(", ", "[", "]"));
        return TRANSACTION_CANCELED
                .because("Transaction cancelled, please refer cancellation reasons for specific reasons " + codes)
                .withReasons(reasons);
    }

    private static CancellationReason reason(ApiException refusal) {
        String code = REASONS.get(refusal.code());
        if (code == null) {
            throw new IllegalArgumentException("no reason to cancel: " + refusal.code());
        }
        return new CancellationReason(code, Optional.of(refusal.text()), refusal.item());
    }

    public static ApiException conflict() {
        return TRANSACTION_CONFLICT.because("Transaction is ongoing for the item");
    }

    public static ApiException itemTwice() {
        return VALIDATION.because("Transaction request cannot include multiple operations on one item");
    }

    /** Not captured from the service. */
    public static ApiException noAction() {
        return VALIDATION.because(
                "Invalid Request: TransactWriteRequest should contain Delete or Put or Update request");
    }

    public static ApiException severalActions() {
        return VALIDATION.because("TransactItems can only contain one of Check, Put, Update or Delete");
    }

    /** Not captured from the service. */
    public static ApiException requestTooLarge(long bytes) {
        return VALIDATION.because("Transaction payload size cannot exceed 4MB. Payload Size: " + bytes);
    }

    /** Not captured from the service. */
    public static ApiException responseTooLarge(long bytes) {
        return VALIDATION.because("Payload in response is too large." + bytes);
    }

    /** Without a message, as users of the service report it. */
    public static ApiException parameterMismatch() {
        return IDEMPOTENT_PARAMETER_MISMATCH.because("");
    }

    public static ApiException inProgress() {
        return TRANSACTION_IN_PROGRESS.because("Transaction from previous request is still in progress");
    }
}
