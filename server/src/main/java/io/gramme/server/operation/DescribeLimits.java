package io.gramme.server.operation;

import io.gramme.api.DescribeLimitsInput;
import io.gramme.api.DescribeLimitsOutput;

/** DescribeLimits: shows the default quotas of an account. */
public final class DescribeLimits implements Handler<DescribeLimitsInput, DescribeLimitsOutput> {
    /** The read units, and the write units, of all provisioned tables of an account in a region. */
    public static final long ACCOUNT = 80_000;

    /** The same of one table or index. */
    public static final long TABLE = 40_000;

    @Override
    public DescribeLimitsOutput handle(DescribeLimitsInput request, RequestContext context) {
        return DescribeLimitsOutput.builder()
                .accountMaxReadCapacityUnits(ACCOUNT)
                .accountMaxWriteCapacityUnits(ACCOUNT)
                .tableMaxReadCapacityUnits(TABLE)
                .tableMaxWriteCapacityUnits(TABLE)
                .build();
    }
}
