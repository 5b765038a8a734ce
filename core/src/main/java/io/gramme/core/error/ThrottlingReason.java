package io.gramme.core.error;

/**
 * Why a request was refused for lack of throughput, and where (names of the API model's documentation).
 *
 * @param resource the ARN of the table or of the global index
 */
public record ThrottlingReason(boolean ofIndex, boolean ofWrite, Cause cause, String resource) {

    /** What was exceeded. */
    public enum Cause {
        /** The provisioned throughput. */
        PROVISIONED("ProvisionedThroughputExceeded"),
        /** What one partition serves, or the present capacity of an on-demand table or index. */
        KEY_RANGE("KeyRangeThroughputExceeded"),
        /** The quota of the account. */
        ACCOUNT("AccountLimitExceeded"),
        /** The maximum that the client has set for an on-demand table or index. */
        ON_DEMAND_MAXIMUM("MaxOnDemandThroughputExceeded");

        private final String wireName;

        Cause(String wireName) {
            this.wireName = wireName;
        }

        /** The end of {@link ThrottlingReason#reason}. */
        public String wireName() {
            return wireName;
        }
    }

    /** The value on the wire: {@code TableReadProvisionedThroughputExceeded}. */
    public String reason() {
        return (ofIndex ? "Index" : "Table") + (ofWrite ? "Write" : "Read") + cause.wireName;
    }
}
