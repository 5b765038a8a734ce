package io.gramme.server.operation;

import io.gramme.api.QueryInput;
import io.gramme.api.QueryOutput;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemReads;
import io.gramme.tables.item.PageReader;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.Optional;

/** Query: reads items of one partition of a table or an index, in the order of their sort key. */
public final class Query implements Handler<QueryInput, QueryOutput> {
    private final Tables tables;
    private final Moments moments;

    public Query(Tables tables, Moments moments) {
        this.tables = tables;
        this.moments = moments;
    }

    private record Plan(KeyCondition key, ReadParameters.Bound read, Consistency consistency) {}

    @Override
    public QueryOutput handle(QueryInput request, RequestContext context) {
        Plan plan = plan(request, context);
        Consistency consistency = plan.consistency();
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            PageReader.Query query = query(use.table(), request, plan);
            ItemReads reads = moments.reads(context, query.target());
            var page = new ResultPage(query.target(), plan.read(), consistency, reads, context.caller());
            Intent intent = page.intent(Action.QUERY, plan.key().attributes()).under(() -> RequestTerms.of(request));
            PageReader.End end = reads.query(intent, query, request.limit().orElse(Integer.MAX_VALUE), page);
            context.trace().returned(page.count());
            return QueryOutput.builder()
                    .items(page.items())
                    .count(page.count())
                    .scannedCount(end.scanned())
                    .lastEvaluatedKey(page.lastKey(end))
                    .consumedCapacity(Capacities.of(page.consumption(end), request.returnConsumedCapacity()))
                    .build();
        }
    }

    /** Runs the checks that need no table, in the service's order. */
    private static Plan plan(QueryInput request, RequestContext context) {
        var read = new ReadParameters(
                request.select(),
                request.projectionExpression(),
                request.attributesToGet(),
                request.filterExpression(),
                "QueryFilter",
                request.queryFilter(),
                request.conditionalOperator());
        // Filters and projections had expressions before keys had: KeyConditions excludes only KeyConditionExpression.
        Parameters kinds = read.kinds()
                .legacy(
                        "KeyConditions",
                        request.keyConditions()
                                .filter(_ -> request.keyConditionExpression().isPresent()))
                .expression("KeyConditionExpression", request.keyConditionExpression());
        kinds.requireOneKind();
        read.requireSelectFits(request.indexName().isPresent());
        read.requireOperatorFits();
        context.faults().raise("ExpressionAttributeValues", "KeyConditions", "QueryFilter", "ExclusiveStartKey");
        var placeholders = new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        placeholders.check(kinds.anyExpression());
        ReadParameters.Bound bound = read.bind(placeholders);
        Optional<KeyCondition> key = key(request, placeholders);
        placeholders.requireAllUsed();
        return new Plan(
                key.orElseThrow(ParameterErrors::noKeyCondition),
                bound,
                Parameters.consistency(request.consistentRead()));
    }

    private static Optional<KeyCondition> key(QueryInput request, Placeholders placeholders) {
        return request.keyConditionExpression()
                .map(text -> Expressions.keyCondition(text, placeholders))
                .or(() -> request.keyConditions()
                        .map(conditions -> Legacy.keyConditions(LegacyTypes.conditions(conditions))));
    }

    /** The query of a table, after the remaining checks, in the service's order. */
    private static PageReader.Query query(Table table, QueryInput request, Plan plan) {
        ReadTargets.requireKeysScalar(table, plan.read());
        ReadTarget target = ReadTargets.of(table, request.indexName(), plan.consistency());
        KeyCondition.Resolved key = plan.key().resolve(target.key());
        request.exclusiveStartKey().ifPresent(start -> ReadTargets.requireStartKey(target, start));
        Direction direction = request.scanIndexForward().orElse(true) ? Direction.FORWARD : Direction.BACKWARD;
        var query = new PageReader.Query(target, key, direction, request.exclusiveStartKey(), plan.consistency());
        requireStartInside(query);
        ReadTargets.requireFilterProjected(target, plan.read());
        ReadTargets.requireProjected(target, plan.read());
        ReadTargets.requireFilterOffKey(target, plan.read());
        return query;
    }

    private static void requireStartInside(PageReader.Query query) {
        if (query.after().isEmpty()) {
            return;
        }
        if (!query.startsInPartition()) {
            throw ParameterErrors.startingKeyOutsideQuery();
        }
        if (query.readsOneItem()) {
            throw ParameterErrors.startingKeyOfOneItem();
        }
        if (!query.startsInRange()) {
            throw ParameterErrors.startingKeyOutsideRange();
        }
    }
}
