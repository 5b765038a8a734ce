package io.gramme.server.operation;

import io.gramme.api.DescribeLimitsInput;
import io.gramme.api.DescribeLimitsOutput;

/** Shows the quotas of an account that asked for no more. */
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
