package io.gramme.server.operation;

import io.gramme.api.QueryInput;
import io.gramme.api.QueryOutput;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.server.item.Items;
import io.gramme.server.item.PageReader;
import io.gramme.server.item.ReadTarget;
import io.gramme.server.table.TableUse;
import io.gramme.server.table.Tables;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;

/** Query: reads items of one partition of a table or an index, in the order of their sort key. */
public final class Query implements Handler<QueryInput, QueryOutput> {
    private final Tables tables;
    private final Items items;
    private final PageReader pages;

    public Query(Tables tables, Items items, PageReader pages) {
        this.tables = tables;
        this.items = items;
        this.pages = pages;
    }

    private record Plan(KeyCondition key, ReadParameters.Bound read) {}

    @Override
    public QueryOutput handle(QueryInput request, RequestContext context) {
        Plan plan = plan(request, context);
        Consistency consistency = Parameters.consistency(request.consistentRead());
        try (TableUse use = tables.use(context.world(), request.tableName())) {
            ReadTarget target = ReadTargets.of(use.table(), request.indexName(), consistency);
            PageReader.Query query = query(request, plan, target, consistency);
            var page = new ResultPage(target, plan.read(), consistency, items);
            PageReader.End end = pages.query(query, request.limit().orElse(Integer.MAX_VALUE), page);
            return QueryOutput.builder()
                    .items(page.items())
                    .count(page.count())
                    .scannedCount(end.scanned())
                    .lastEvaluatedKey(page.lastKey(end))
                    .consumedCapacity(Capacities.of(page.consumption(end), request.returnConsumedCapacity()))
                    .build();
        }
    }

    private static Plan plan(QueryInput request, RequestContext context) {
        var read = new ReadParameters(
                request.select(),
                request.projectionExpression(),
                request.attributesToGet(),
                request.filterExpression(),
                "QueryFilter",
                request.queryFilter(),
                request.conditionalOperator());
        // Filters and projections had expressions before keys had: KeyConditions only excludes its own successor.
        Parameters kinds = read.kinds()
                .legacy(
                        "KeyConditions",
                        request.keyConditions()
                                .filter(_ -> request.keyConditionExpression().isPresent()))
                .expression("KeyConditionExpression", request.keyConditionExpression());
        kinds.requireOneKind();
        read.requireSelectFits(request.indexName().isPresent());
        context.faults().raise();
        var placeholders = new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        placeholders.check(kinds.anyExpression());
        if (request.keyConditions().isEmpty()
                && request.keyConditionExpression().isEmpty()) {
            throw ParameterErrors.noKeyCondition();
        }
        ReadParameters.Bound bound = read.bind(placeholders);
        KeyCondition key = request.keyConditionExpression()
                .map(text -> Expressions.keyCondition(text, placeholders))
                .orElseGet(() -> Legacy.keyConditions(
                        LegacyTypes.conditions(request.keyConditions().orElseThrow())));
        placeholders.requireAllUsed();
        return new Plan(key, bound);
    }

    private static PageReader.Query query(QueryInput request, Plan plan, ReadTarget target, Consistency consistency) {
        if (target.key().isMultiAttribute() && request.keyConditions().isPresent()) {
            throw ParameterErrors.legacyConditionsOnMultiAttributeKey();
        }
        KeyCondition.Resolved key = plan.key().resolve(target.key());
        ReadTargets.requireFilterOffKey(target, plan.read());
        ReadTargets.requireProjected(target, plan.read());
        request.exclusiveStartKey().ifPresent(start -> ReadTargets.requireStartKey(target, start));
        Direction direction = request.scanIndexForward().orElse(true) ? Direction.FORWARD : Direction.BACKWARD;
        var query = new PageReader.Query(target, key, direction, request.exclusiveStartKey(), consistency);
        if (!query.startsInside()) {
            throw ParameterErrors.startingKeyOutsideQuery();
        }
        return query;
    }
}
