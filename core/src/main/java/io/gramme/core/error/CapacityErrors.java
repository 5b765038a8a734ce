package io.gramme.core.error;

import static io.gramme.core.error.ErrorCode.LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.PROVISIONED_THROUGHPUT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.REQUEST_LIMIT_EXCEEDED;
import static io.gramme.core.error.ErrorCode.THROTTLING;
import static io.gramme.core.error.ErrorCode.VALIDATION;
import static io.gramme.core.error.TableErrors.invalid;
import static io.gramme.core.error.TableErrors.lastAndNext;
import static io.gramme.core.error.TableErrors.limit;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The wording of each message about provisioned throughput, on-demand maxima and warm throughput. Where a method takes
 * an optional index, empty means the table itself.
 */
public final class CapacityErrors {
    private static final String GUIDE =
            " Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher limits.";

    private static final String TABLE_CAPACITY =
            "Throughput exceeds the current capacity of your table or index. DynamoDB is"
                    + " automatically scaling your table or index so please try again shortly. If exceptions persist, check if you"
                    + " have a hot key: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/bp-partition-key-design.html";

    private static final String INDEX_CAPACITY =
            "Throughput exceeds the current capacity for one or more global secondary"
                    + " indexes. DynamoDB is automatically scaling your index so please try again shortly.";

    private static final String INDEX_EXCEEDED = "The level of configured provisioned throughput for one or more global"
            + " secondary indexes of the table was exceeded. Consider increasing your provisioning level for the"
            + " under-provisioned global secondary indexes with the UpdateTable API";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEEE, MMMM d, uuuu 'at' h:mm:ss a 'Coordinated Universal Time'", Locale.US);

    private CapacityErrors() {}

    /** More requests contend for the same rows than can be served one after another. SDKs wait, and retry. */
    public static ApiException tooHot() {
        return PROVISIONED_THROUGHPUT_EXCEEDED.because(
                "The level of configured provisioned throughput for the table was"
                        + " exceeded. Consider increasing your provisioning level with the UpdateTable API.");
    }

    /**
     * For a request beyond the throughput of a table or of a global index. The first reason decides on the error; the
     * texts are captured, but for those about an index, which the guide shortens, and about an account, which is ours.
     *
     * @param reasons what was exceeded; at least one
     */
    public static ApiException throughputExceeded(boolean onDemand, List<ThrottlingReason> reasons) {
        ThrottlingReason first = reasons.getFirst();
        ApiException error = switch (first.cause()) {
            case ACCOUNT ->
                REQUEST_LIMIT_EXCEEDED.because("Throughput exceeds the current throughput limit for your account.");
            case ON_DEMAND_MAXIMUM ->
                THROTTLING.because("Throughput exceeds the maximum OnDemandThroughput configured on table or index");
            case PROVISIONED, KEY_RANGE -> {
                if (onDemand) {
                    yield THROTTLING.because(first.ofIndex() ? INDEX_CAPACITY : TABLE_CAPACITY);
                }
                yield first.ofIndex() ? PROVISIONED_THROUGHPUT_EXCEEDED.because(INDEX_EXCEEDED) : tooHot();
            }
        };
        return error.withThrottling(reasons);
    }

    /** Whether a request was refused because it came too soon: the client may repeat it as it is. */
    public static boolean isThrottling(ApiException refusal) {
        return switch (refusal.code()) {
            case PROVISIONED_THROUGHPUT_EXCEEDED, THROTTLING, REQUEST_LIMIT_EXCEEDED -> true;
            default -> false;
        };
    }

    public static ApiException throughputMissing() {
        return invalid(
                "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
    }

    /** The same in the words of UpdateTable. */
    public static ApiException throughputMissingInUpdate() {
        return invalid("ProvisionedThroughput must be specified when BillingMode is PROVISIONED");
    }

    public static ApiException throughputOnDemand() {
        return invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
                + "PAY_PER_REQUEST");
    }

    /** For an UpdateTable that sets both. */
    public static ApiException throughputWithOnDemand() {
        return invalid("ProvisionedThroughput cannot be specified when BillingMode is PAY_PER_REQUEST");
    }

    /** For numbers above the quota of every account. */
    public static ApiException throughputOutOfBounds(String unit, Optional<String> index, long requested) {
        return VALIDATION.because("Given value " + requested + " for " + unit + " is out of bounds"
                + index.map(name -> " for index " + name).orElse(""));
    }

    public static ApiException indexThroughputMissing(String index) {
        return invalid("ProvisionedThroughput is not specified for index: " + index);
    }

    /** For an index that exists when its table becomes provisioned. */
    public static ApiException indexThroughputMissingInSwitch(String index) {
        return invalid("ProvisionedThroughput must be specified for index: " + index);
    }

    /** For an index that is added or updated. */
    public static ApiException indexThroughputMissingInUpdate(String index) {
        return invalid("Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: " + index);
    }

    public static ApiException indexThroughputOnDemand(String index) {
        return invalid("ProvisionedThroughput should not be specified for index: " + index
                + " when BillingMode is PAY_PER_REQUEST");
    }

    /** For an index that is added. */
    public static ApiException newIndexThroughputOnDemand(String index) {
        return invalid("Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: " + index
                + " when BillingMode is PAY_PER_REQUEST");
    }

    public static ApiException indexUpdateOnDemand(String index) {
        return invalid("The only Updates for index: " + index
                + " when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput");
    }

    /** @param unit {@code ReadCapacityUnits} or {@code WriteCapacityUnits} */
    public static ApiException throughputAboveMaximum(
            String unit, Optional<String> index, long requested, long maximum, String region) {
        String of = index.map(name -> " for index " + name).orElse("");
        return LIMIT_EXCEEDED.because("The requested " + unit + of + ", " + requested + ", is above the per "
                + (index.isPresent() ? "index" : "table") + " maximum for the account in " + region
                + ". Per table maximum: " + maximum + "." + GUIDE);
    }

    public static ApiException throughputUnchanged(Optional<String> index, long readUnits, long writeUnits) {
        String subject = index.map(name -> "index " + name).orElse("table");
        String what = index.map(name -> "the index " + name).orElse("the table");
        String where = index.isPresent() ? subject : "the " + subject;
        return VALIDATION.because("The provisioned throughput for " + what
                + " will not change. The requested value equals the current value."
                + " Current ReadCapacityUnits provisioned for " + where + ": " + readUnits
                + ". Requested ReadCapacityUnits: " + readUnits + "."
                + " Current WriteCapacityUnits provisioned for " + where + ": " + writeUnits
                + ". Requested WriteCapacityUnits: " + writeUnits + "." + GUIDE);
    }

    public static ApiException tooManyDecreases(int today, Instant last, Instant next) {
        return limit(
                "Provisioned throughput decreases are limited within a given UTC day. After the first 4 decreases, "
                        + "each subsequent decrease in the same UTC day can be performed at most once every 3600 seconds. "
                        + "Number of decreases today: " + today + ". Last decrease at " + worded(last)
                        + ". Next decrease can be made at " + worded(next));
    }

    private static String worded(Instant time) {
        return TIME.format(time.atOffset(ZoneOffset.UTC));
    }

    /** What the service says after four switches is not published; this is what it said when one was allowed. */
    public static ApiException tooManySwitches(Instant last, Instant next) {
        return limit("Update to PayPerRequest mode are limited to 4 times in 1 day(s)." + lastAndNext(last, next));
    }

    /** @param unit {@code MaxReadRequestUnits} or {@code MaxWriteRequestUnits} */
    public static ApiException maximumOfProvisionedTable(String unit, Optional<String> index) {
        return invalid(unit + " for OnDemandThroughput"
                + index.map(name -> " for index: " + name).orElse("")
                + " cannot be specified when table BillingMode is PROVISIONED.");
    }

    /** The same in the words of UpdateTable. */
    public static ApiException maximumOfProvisionedTableInUpdate(String unit, Optional<String> index) {
        return invalid(unit + " for OnDemandThroughput"
                + index.map(name -> " for index : " + name).orElse("")
                + " cannot be specified when the table BillingMode is PROVISIONED");
    }

    public static ApiException maximumOutOfRange(String unit, Optional<String> index) {
        return invalid("Requested " + unit + " for OnDemandThroughput for "
                + index.map(name -> "index : " + name).orElse("table") + " is outside of valid range");
    }

    public static ApiException maximumAboveQuota(String unit, Optional<String> index, String quota, String region) {
        return limit("Requested " + unit + " for OnDemandThroughput for "
                + index.map(name -> "index : " + name).orElse("table") + " exceeds " + quota
                + " of the account in region " + region);
    }

    /** @param unit {@code ReadUnitsPerSecond} or {@code WriteUnitsPerSecond} */
    public static ApiException warmBelowInitial(String unit, Optional<String> index) {
        return invalid(warm(unit, index) + " is lower than initial throughput for OnDemand. See: "
                + "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode.html"
                + "#on-demand-capacity-mode-initial");
    }

    /** @param capacityUnit {@code ReadCapacityUnits} or {@code WriteCapacityUnits} */
    public static ApiException warmBelowProvisioned(String unit, Optional<String> index, String capacityUnit) {
        return invalid(warm(unit, index) + " is lower than " + capacityUnit + " of ProvisionedThroughput");
    }

    public static ApiException warmDecreased(String unit, Optional<String> index) {
        return invalid(warm(unit, index)
                + " is lower than current WarmThroughput, decreasing WarmThroughput is not supported");
    }

    private static String warm(String unit, Optional<String> index) {
        return "Requested " + unit + " for WarmThroughput for "
                + index.map(name -> "index " + name).orElse("table");
    }

    public static ApiException warmAboveQuota(String unit, Optional<String> index, String quota, String region) {
        return limit(warm(unit, index) + " exceeds " + quota + " of the account in region " + region);
    }

    public static ApiException warmEmpty(String index) {
        return invalid("WarmThroughput must have at least one of ReadUnitsPerSecond or WriteUnitsPerSecond specified "
                + "for index: " + index);
    }
}
