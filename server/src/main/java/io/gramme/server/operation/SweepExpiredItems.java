package io.gramme.server.operation;

import io.gramme.api.SweepExpiredItemsInput;
import io.gramme.api.SweepExpiredItemsOutput;
import io.gramme.tables.ttl.ExpirySweep;

/** Gramme extension: deletes the expired items of all accounts and regions at once. */
public final class SweepExpiredItems implements Handler<SweepExpiredItemsInput, SweepExpiredItemsOutput> {
    private final ExpirySweep sweep;

    public SweepExpiredItems(ExpirySweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public SweepExpiredItemsOutput handle(SweepExpiredItemsInput request, RequestContext context) {
        ExpirySweep.Swept swept = sweep.sweep();
        return SweepExpiredItemsOutput.builder()
                .deleted(swept.deleted())
                .lagSeconds(swept.lag().toSeconds())
                .build();
    }
}
