package io.gramme.server.operation;

import io.gramme.api.DescribeBulkOperationInput;
import io.gramme.api.DescribeBulkOperationOutput;
import io.gramme.recovery.load.BulkPut;
import io.gramme.recovery.load.BulkPuts;

/** DescribeBulkOperation: shows a bulk operation, for 90 days after its end. */
public final class DescribeBulkOperation implements Handler<DescribeBulkOperationInput, DescribeBulkOperationOutput> {
    private final BulkPuts puts;

    public DescribeBulkOperation(BulkPuts puts) {
        this.puts = puts;
    }

    @Override
    public DescribeBulkOperationOutput handle(DescribeBulkOperationInput request, RequestContext context) {
        BulkPut found = BulkDescriptions.find(puts, request.bulkOperationArn(), context.accountRegion());
        return new DescribeBulkOperationOutput(BulkDescriptions.of(found, puts.sums(found)));
    }
}
