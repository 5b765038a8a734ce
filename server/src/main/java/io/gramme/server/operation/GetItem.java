package io.gramme.server.operation;

import io.gramme.api.GetItemInput;
import io.gramme.api.GetItemOutput;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.storage.Consistency;
import io.gramme.tables.access.Action;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.KeyPaths;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Tables;
import java.util.List;
import java.util.Optional;

/** GetItem: reads the item with a key, or some of its attributes. */
public final class GetItem implements Handler<GetItemInput, GetItemOutput> {
    private final Tables tables;
    private final Moments moments;

    public GetItem(Tables tables, Moments moments) {
        this.tables = tables;
        this.moments = moments;
    }

    @Override
    public GetItemOutput handle(GetItemInput request, RequestContext context) {
        Optional<Projection> projection = plan(request, context);
        Consistency consistency = Parameters.consistency(request.consistentRead());
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            projection.ifPresent(p -> KeyPaths.requireScalar(use.table(), p.paths()));
            KeyRules.requireKey(use.table().key(), request.key());
            Optional<Item> item = moments.reads(context, new ReadTarget(use.table(), Optional.empty()))
                    .get(intent(request, projection, context), use.table(), request.key(), consistency);
            return GetItemOutput.builder()
                    .item(Projections.of(item, projection))
                    .consumedCapacity(Capacities.of(
                            new Consumption(use.table()).addRead(item, consistency), request.returnConsumedCapacity()))
                    .build();
        }
    }

    private static Intent intent(GetItemInput request, Optional<Projection> projection, RequestContext context) {
        return Intent.of(
                        context.caller(),
                        Action.GET_ITEM,
                        Optional.of(request.key().attributes().keySet()),
                        projection.map(Projection::attributes))
                .under(() -> RequestTerms.of(request));
    }

    /** Runs the checks that need no table, in the service's order. */
    private static Optional<Projection> plan(GetItemInput request, RequestContext context) {
        var read = new Projections(
                request.projectionExpression(),
                request.attributesToGet(),
                new Placeholders(request.expressionAttributeNames(), Optional.empty()));
        Projections.requireOneKind(List.of(read));
        context.faults().raise();
        return read.bind();
    }
}
