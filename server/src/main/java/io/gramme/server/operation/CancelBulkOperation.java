package io.gramme.server.operation;

import io.gramme.api.CancelBulkOperationInput;
import io.gramme.api.CancelBulkOperationOutput;
import io.gramme.recovery.load.BulkPut;
import io.gramme.recovery.load.BulkPuts;

/**
 * CancelBulkOperation: requests the end of a bulk operation, which keeps what it has put. One that has ended stays as it
 * is, and its status is the answer (inferred).
 */
public final class CancelBulkOperation implements Handler<CancelBulkOperationInput, CancelBulkOperationOutput> {
    private final BulkPuts puts;

    public CancelBulkOperation(BulkPuts puts) {
        this.puts = puts;
    }

    @Override
    public CancelBulkOperationOutput handle(CancelBulkOperationInput request, RequestContext context) {
        BulkPut found = BulkDescriptions.find(puts, request.bulkOperationArn(), context.accountRegion());
        return new CancelBulkOperationOutput(found.arn(), BulkDescriptions.status(puts.cancel(found)));
    }
}
