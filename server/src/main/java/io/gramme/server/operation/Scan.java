package io.gramme.server.operation;

import io.gramme.api.ScanInput;
import io.gramme.api.ScanOutput;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Placeholders;
import io.gramme.server.item.Items;
import io.gramme.server.item.PageReader;
import io.gramme.server.item.ReadTarget;
import io.gramme.server.table.TableUse;
import io.gramme.server.table.Tables;
import io.gramme.storage.Consistency;

/** Scan: reads every item of a table or an index, or of one of so many segments of it. */
public final class Scan implements Handler<ScanInput, ScanOutput> {
    private final Tables tables;
    private final Items items;
    private final PageReader pages;

    public Scan(Tables tables, Items items, PageReader pages) {
        this.tables = tables;
        this.items = items;
        this.pages = pages;
    }

    @Override
    public ScanOutput handle(ScanInput request, RequestContext context) {
        ReadParameters.Bound read = plan(request, context);
        Consistency consistency = Parameters.consistency(request.consistentRead());
        try (TableUse use = tables.use(context.world(), request.tableName())) {
            ReadTarget target = ReadTargets.of(use.table(), request.indexName(), consistency);
            PageReader.Scan scan = scan(request, read, target, consistency);
            var page = new ResultPage(target, read, consistency, items);
            PageReader.End end = pages.scan(scan, request.limit().orElse(Integer.MAX_VALUE), page);
            return ScanOutput.builder()
                    .items(page.items())
                    .count(page.count())
                    .scannedCount(end.scanned())
                    .lastEvaluatedKey(page.lastKey(end))
                    .consumedCapacity(Capacities.of(page.consumption(end), request.returnConsumedCapacity()))
                    .build();
        }
    }

    private static ReadParameters.Bound plan(ScanInput request, RequestContext context) {
        requireSegmentFits(request);
        var read = new ReadParameters(
                request.select(),
                request.projectionExpression(),
                request.attributesToGet(),
                request.filterExpression(),
                "ScanFilter",
                request.scanFilter(),
                request.conditionalOperator());
        Parameters kinds = read.kinds();
        kinds.requireOneKind();
        read.requireSelectFits(request.indexName().isPresent());
        Parameters.raiseInOlderWords(context.faults());
        var placeholders = new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        placeholders.check(kinds.anyExpression());
        ReadParameters.Bound bound = read.bind(placeholders);
        placeholders.requireAllUsed();
        return bound;
    }

    private static void requireSegmentFits(ScanInput request) {
        if (request.segment().isEmpty() && request.totalSegments().isEmpty()) {
            return;
        }
        if (request.segment().isEmpty()) {
            throw ParameterErrors.segmentMissing();
        }
        if (request.totalSegments().isEmpty()) {
            throw ParameterErrors.totalSegmentsMissing();
        }
        if (request.segment().get() >= request.totalSegments().get()) {
            throw ParameterErrors.segmentTooHigh();
        }
    }

    private static PageReader.Scan scan(
            ScanInput request, ReadParameters.Bound read, ReadTarget target, Consistency consistency) {
        ReadTargets.requireProjected(target, read);
        request.exclusiveStartKey().ifPresent(start -> ReadTargets.requireStartKey(target, start));
        var scan = new PageReader.Scan(
                target,
                request.segment().orElse(0),
                request.totalSegments().orElse(1),
                request.exclusiveStartKey(),
                consistency);
        if (!scan.startsInside()) {
            throw ParameterErrors.invalidStartingKey();
        }
        return scan;
    }
}
