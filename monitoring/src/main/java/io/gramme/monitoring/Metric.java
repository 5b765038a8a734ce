package io.gramme.monitoring;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A metric of the namespace {@code AWS/DynamoDB} that a server records (developer guide, metrics and dimensions). Values
 * are recorded as whole numbers of a {@linkplain #scale() step}, so that sums are exact.
 */
public enum Metric {
    CONSUMED_READ("ConsumedReadCapacityUnits", Unit.COUNT, Steps.HALVES),
    CONSUMED_WRITE("ConsumedWriteCapacityUnits", Unit.COUNT, Steps.HALVES),
    READ_THROTTLE_EVENTS("ReadThrottleEvents", Unit.COUNT, 1),
    WRITE_THROTTLE_EVENTS("WriteThrottleEvents", Unit.COUNT, 1),
    READ_PROVISIONED_THROTTLE_EVENTS("ReadProvisionedThroughputThrottleEvents", Unit.COUNT, 1),
    WRITE_PROVISIONED_THROTTLE_EVENTS("WriteProvisionedThroughputThrottleEvents", Unit.COUNT, 1),
    READ_KEY_RANGE_THROTTLE_EVENTS("ReadKeyRangeThroughputThrottleEvents", Unit.COUNT, 1),
    WRITE_KEY_RANGE_THROTTLE_EVENTS("WriteKeyRangeThroughputThrottleEvents", Unit.COUNT, 1),
    READ_MAXIMUM_THROTTLE_EVENTS("ReadMaxOnDemandThroughputThrottleEvents", Unit.COUNT, 1),
    WRITE_MAXIMUM_THROTTLE_EVENTS("WriteMaxOnDemandThroughputThrottleEvents", Unit.COUNT, 1),
    READ_ACCOUNT_THROTTLE_EVENTS("ReadAccountLimitThrottleEvents", Unit.COUNT, 1),
    WRITE_ACCOUNT_THROTTLE_EVENTS("WriteAccountLimitThrottleEvents", Unit.COUNT, 1),
    THROTTLED_REQUESTS("ThrottledRequests", Unit.COUNT, 1),
    SYSTEM_ERRORS("SystemErrors", Unit.COUNT, 1),
    USER_ERRORS("UserErrors", Unit.COUNT, 1),
    FAILED_CONDITIONS("ConditionalCheckFailedRequests", Unit.COUNT, 1),
    TRANSACTION_CONFLICT("TransactionConflict", Unit.COUNT, 1),
    /** The only metric with percentiles. */
    LATENCY("SuccessfulRequestLatency", Unit.MILLISECONDS, Steps.THOUSANDTHS),
    RETURNED_ITEMS("ReturnedItemCount", Unit.COUNT, 1),
    RETURNED_BYTES("ReturnedBytes", Unit.BYTES, 1),
    RETURNED_RECORDS("ReturnedRecordsCount", Unit.COUNT, 1),
    EXPIRED_ITEMS("TimeToLiveDeletedItemCount", Unit.COUNT, 1),
    PROVISIONED_READ("ProvisionedReadCapacityUnits", Unit.COUNT, 1),
    PROVISIONED_WRITE("ProvisionedWriteCapacityUnits", Unit.COUNT, 1),
    MAXIMUM_READ("OnDemandMaxReadRequestUnits", Unit.COUNT, 1),
    MAXIMUM_WRITE("OnDemandMaxWriteRequestUnits", Unit.COUNT, 1),
    ACCOUNT_MAX_READS("AccountMaxReads", Unit.COUNT, 1),
    ACCOUNT_MAX_WRITES("AccountMaxWrites", Unit.COUNT, 1),
    ACCOUNT_MAX_TABLE_READS("AccountMaxTableLevelReads", Unit.COUNT, 1),
    ACCOUNT_MAX_TABLE_WRITES("AccountMaxTableLevelWrites", Unit.COUNT, 1),
    ACCOUNT_READ_UTILIZATION("AccountProvisionedReadCapacityUtilization", Unit.PERCENT, Steps.THOUSANDTHS),
    ACCOUNT_WRITE_UTILIZATION("AccountProvisionedWriteCapacityUtilization", Unit.PERCENT, Steps.THOUSANDTHS),
    TABLE_READ_UTILIZATION("MaxProvisionedTableReadCapacityUtilization", Unit.PERCENT, Steps.THOUSANDTHS),
    TABLE_WRITE_UTILIZATION("MaxProvisionedTableWriteCapacityUtilization", Unit.PERCENT, Steps.THOUSANDTHS);

    /** The only namespace that has metrics here. */
    public static final String NAMESPACE = "AWS/DynamoDB";

    private static final Map<String, Metric> BY_NAME =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Metric::wireName, Function.identity()));

    /** The units of values, by the names of CloudWatch. */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        BYTES("Bytes"),
        PERCENT("Percent");

        private final String wireName;

        Unit(String wireName) {
            this.wireName = wireName;
        }

        public String wireName() {
            return wireName;
        }
    }

    /** How many steps make a unit. */
    private static final class Steps {
        static final int HALVES = 2;
        static final int THOUSANDTHS = 1_000;
    }

    private final String wireName;
    private final Unit unit;
    private final int stepsOfUnit;

    Metric(String wireName, Unit unit, int stepsOfUnit) {
        this.wireName = wireName;
        this.unit = unit;
        this.stepsOfUnit = stepsOfUnit;
    }

    public static Optional<Metric> of(String wireName) {
        return Optional.ofNullable(BY_NAME.get(wireName));
    }

    public String wireName() {
        return wireName;
    }

    public Unit unit() {
        return unit;
    }

    /** The steps in a unit: a value is recorded as so many steps. */
    public int scale() {
        return stepsOfUnit;
    }

    /** A number of steps in units. */
    public double units(long steps) {
        return units((double) steps);
    }

    /** The same for a mean of several. */
    public double units(double steps) {
        return steps / stepsOfUnit;
    }

    /** Whether the distribution of the values is kept, for percentiles. */
    public boolean hasPercentiles() {
        return this == LATENCY;
    }

    /** Whether it is a state that is read now and then, not a count of what happens. */
    public boolean isGauge() {
        return compareTo(PROVISIONED_READ) >= 0;
    }
}
