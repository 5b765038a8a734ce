package io.gramme.server.operation;

import io.gramme.api.ScanInput;
import io.gramme.api.ScanOutput;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Placeholders;
import io.gramme.storage.Consistency;
import io.gramme.tables.access.Action;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemReads;
import io.gramme.tables.item.PageReader;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.List;

/** Scan: reads every item of a table or an index, or of one of its segments. */
public final class Scan implements Handler<ScanInput, ScanOutput> {
    private final Tables tables;
    private final Moments moments;

    public Scan(Tables tables, Moments moments) {
        this.tables = tables;
        this.moments = moments;
    }

    @Override
    public ScanOutput handle(ScanInput request, RequestContext context) {
        ReadParameters.Bound read = plan(request, context);
        Consistency consistency = Parameters.consistency(request.consistentRead());
        try (PinnedTable use = tables.use(context.accountRegion(), request.tableName())) {
            PageReader.Scan scan = scan(use.table(), request, read, consistency);
            ItemReads reads = moments.reads(context, scan.target());
            var page = new ResultPage(scan.target(), read, consistency, reads, context.caller());
            Intent intent = page.intent(Action.SCAN, List.of()).under(() -> RequestTerms.of(request));
            PageReader.End end = reads.scan(intent, scan, request.limit().orElse(Integer.MAX_VALUE), page);
            context.trace().returned(page.count());
            return ScanOutput.builder()
                    .items(page.items())
                    .count(page.count())
                    .scannedCount(end.scanned())
                    .lastEvaluatedKey(page.lastKey(end))
                    .consumedCapacity(Capacities.of(page.consumption(end), request.returnConsumedCapacity()))
                    .build();
        }
    }

    /** Runs the checks that need no table, in the service's order. */
    private static ReadParameters.Bound plan(ScanInput request, RequestContext context) {
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
        requireSegmentFits(request);
        read.requireOperatorFits();
        Parameters.raiseInOlderWords(context.faults(), "ScanFilter", "ExclusiveStartKey");
        var placeholders = new Placeholders(request.expressionAttributeNames(), request.expressionAttributeValues());
        placeholders.checkNames(kinds.anyExpression());
        requireFilterForValues(request);
        placeholders.checkValues(kinds.anyExpression());
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

    private static void requireFilterForValues(ScanInput request) {
        if (request.expressionAttributeValues().isPresent()
                && request.filterExpression().isEmpty()) {
            throw ParameterErrors.valuesWithoutFilter();
        }
    }

    /** The scan of a table, after the remaining checks, in the service's order. */
    private static PageReader.Scan scan(
            Table table, ScanInput request, ReadParameters.Bound read, Consistency consistency) {
        ReadTarget target = ReadTargets.of(table, request.indexName(), consistency);
        ReadTargets.requireKeysScalar(table, read);
        request.exclusiveStartKey().ifPresent(start -> ReadTargets.requireScanStartKey(target, start));
        var scan = new PageReader.Scan(
                target,
                request.segment().orElse(0),
                request.totalSegments().orElse(1),
                request.exclusiveStartKey(),
                consistency);
        requireStartInside(scan);
        ReadTargets.requireFilterProjected(target, read);
        ReadTargets.requireProjected(target, read);
        return scan;
    }

    private static void requireStartInside(PageReader.Scan scan) {
        if (!scan.startsInside()) {
            throw ParameterErrors.startingKeyOutsideSegment(scan.segment(), scan.totalSegments());
        }
    }
}
