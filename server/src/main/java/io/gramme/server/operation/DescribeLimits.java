package io.gramme.server.operation;

import io.gramme.api.DescribeLimitsInput;
import io.gramme.api.DescribeLimitsOutput;

/** DescribeLimits: shows the default quotas of an account. */
public final class DescribeLimits implements Handler<DescribeLimitsInput, DescribeLimitsOutput> {
    private static final long ACCOUNT = 80_000;
    private static final long TABLE = 40_000;

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
