package io.gramme.server.operation;

import io.gramme.api.ListBulkOperationsInput;
import io.gramme.api.ListBulkOperationsOutput;
import io.gramme.core.error.BulkErrors;
import io.gramme.recovery.ResourceId;
import io.gramme.recovery.load.BulkPut;
import io.gramme.recovery.load.BulkPuts;
import java.util.List;
import java.util.Optional;

/** ListBulkOperations: the bulk operations of an account and region, the newest first. */
public final class ListBulkOperations implements Handler<ListBulkOperationsInput, ListBulkOperationsOutput> {
    private static final int MOST = 10;

    private final BulkPuts puts;

    public ListBulkOperations(BulkPuts puts) {
        this.puts = puts;
    }

    @Override
    public ListBulkOperationsOutput handle(ListBulkOperationsInput request, RequestContext context) {
        Optional<ResourceId> after =
                request.nextToken().map(token -> ResourceId.parse(token).orElseThrow(() -> BulkErrors.badToken(token)));
        List<BulkPut> found = puts.of(context.accountRegion()).stream()
                .filter(one -> after.isEmpty() || one.id().compareTo(after.get()) < 0)
                .toList();
        List<BulkPut> page = found.subList(0, Math.min(request.maxResults().orElse(MOST), found.size()));
        return ListBulkOperationsOutput.builder()
                .bulkOperationsSummaryList(
                        page.stream().map(BulkDescriptions::summary).toList())
                .nextToken(
                        page.size() < found.size()
                                ? Optional.of(page.getLast().id().text())
                                : Optional.empty())
                .build();
    }
}
