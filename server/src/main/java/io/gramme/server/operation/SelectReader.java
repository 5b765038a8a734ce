package io.gramme.server.operation;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.item.Item;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeyCodec;
import io.gramme.core.key.KeySchema;
import io.gramme.core.partiql.KeyPlan;
import io.gramme.core.partiql.Statement;
import io.gramme.core.partiql.Statement.Ordering;
import io.gramme.storage.Consistency;
import io.gramme.storage.Direction;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemReads;
import io.gramme.tables.item.PageReader;
import io.gramme.tables.item.PageReader.End;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads one page of a SELECT. If the condition determines the partitions of the items, it runs one query after the
 * other; otherwise it runs a scan. The whole condition is the filter, because repeating the key condition in it changes
 * nothing.
 */
final class SelectReader {
    /** The guide: results of IN come in pages of up to 10. Read here as 10 values of the partition key. */
    private static final int PARTS_OF_PAGE = 10;

    private static final long MAX_PAGE_BYTES = 1L << 20;

    private final Moments moments;

    SelectReader(Moments moments) {
        this.moments = moments;
    }

    /** @param next the position to resume at, unless everything was read */
    record Page(List<Item> items, Optional<NextToken> next, Consumption consumption) {}

    Page read(
            Statement.Select select,
            Table table,
            NextToken start,
            int limit,
            Consistency consistency,
            Terms terms,
            RequestContext context) {
        ReadTarget target = target(select, table, consistency);
        var plan = new KeyPlan(target.key());
        var bound = new ReadParameters.Bound(Optional.empty(), select.projection(), select.where(), "FilterExpression");
        requireOrderable(select, target.key());
        Optional<List<KeyCondition.Resolved>> parts = plan.parts(select.where());
        if (parts.isEmpty() && !select.orderings().isEmpty()) {
            throw PartiqlErrors.orderWithoutHashKey();
        }
        ReadTargets.requireKeysScalar(table, bound);
        ReadTargets.requireProjected(target, bound);
        if (parts.isPresent()) {
            // The service was seen to reject such a filter in reads by the partition key, and in other reads to treat
            // the attribute as absent. That those other reads are scans is inferred.
            ReadTargets.requireFilterProjected(target, bound);
        }
        start.after().ifPresent(position -> requirePosition(target, position));
        ItemReads reads = moments.reads(context, target);
        var page = new ResultPage(target, bound, consistency, reads, context.caller());
        Intent intent = page.intent(Action.PARTIQL_SELECT, List.of())
                .under(() -> RequestTerms.of(terms, select, Optional.empty()).fullTableScan(parts.isEmpty()));
        if (parts.isEmpty()) {
            return scan(intent, reads, target, start, limit, consistency, page);
        }
        List<KeyCondition.Resolved> ordered = ordered(parts.get(), select.orderings(), target.key());
        Direction direction = direction(select.orderings(), target.key());
        // All partitions are judged together, also those that a later page reads.
        Intent allowed = reads.allowed(
                intent,
                target,
                ordered.stream()
                        .map(part -> new PageReader.Query(target, part, direction, Optional.empty(), consistency)
                                .partitionKey())
                        .toList());
        return query(allowed, reads, target, ordered, direction, start, limit, consistency, page);
    }

    private static ReadTarget target(Statement.Select select, Table table, Consistency consistency) {
        if (select.index().isPresent()) {
            SecondaryIndex index = table.index(select.index().get()).orElseThrow(PartiqlErrors::noSuchIndex);
            if (index.index().key().isMultiAttribute()) {
                throw PartiqlErrors.multiAttributeKey();
            }
            select.requireSound();
            if (!index.isLocal() && consistency == Consistency.STRONG) {
                throw PartiqlErrors.consistentReadOfGlobalIndex();
            }
        }
        return ReadTargets.of(table, select.index(), consistency);
    }

    private static void requireOrderable(Statement.Select select, KeySchema key) {
        if (!select.orderings().isEmpty() && select.where().isEmpty()) {
            throw PartiqlErrors.orderWithoutWhere();
        }
        for (Ordering ordering : select.orderings()) {
            if (key.attribute(ordering.attribute()).isEmpty()) {
                throw PartiqlErrors.orderByNoKey(ordering.attribute());
            }
        }
    }

    private static void requirePosition(ReadTarget target, Item position) {
        try {
            ReadTargets.requireStartKey(target, position);
        } catch (ApiException _) {
            throw PartiqlErrors.invalidNextToken();
        }
    }

    /**
     * Orders by the partition key, if the statement does. ORDER BY the sort key alone orders the items of each
     * partition: the service's order over several partitions is not known.
     */
    private static List<KeyCondition.Resolved> ordered(
            List<KeyCondition.Resolved> parts, List<Ordering> orderings, KeySchema key) {
        Optional<Comparator<KeyCondition.Resolved>> order = orderings.stream()
                .flatMap(ordering -> comparator(ordering, key).stream())
                .reduce(Comparator::thenComparing);
        return order.map(comparator -> parts.stream().sorted(comparator).toList())
                .orElse(parts);
    }

    private static Optional<Comparator<KeyCondition.Resolved>> comparator(Ordering ordering, KeySchema key) {
        List<String> names = key.partition().stream().map(KeyAttribute::name).toList();
        int index = names.indexOf(ordering.attribute());
        if (index < 0) {
            return Optional.empty();
        }
        Comparator<KeyCondition.Resolved> ascending = Comparator.comparing(part -> bytes(part, index));
        return Optional.of(ordering.descending() ? ascending.reversed() : ascending);
    }

    private static Bytes bytes(KeyCondition.Resolved part, int index) {
        return KeyCodec.last(part.partition().get(index));
    }

    private static Direction direction(List<Ordering> orderings, KeySchema key) {
        List<String> names = key.sort().stream().map(KeyAttribute::name).toList();
        return orderings.stream()
                        .filter(ordering -> names.contains(ordering.attribute()))
                        .findFirst()
                        .filter(Ordering::descending)
                        .isPresent()
                ? Direction.BACKWARD
                : Direction.FORWARD;
    }

    private static Page scan(
            Intent intent,
            ItemReads reads,
            ReadTarget target,
            NextToken start,
            int limit,
            Consistency consistency,
            ResultPage page) {
        if (start.part() > 0) {
            throw PartiqlErrors.invalidNextToken();
        }
        End end = reads.scan(intent, new PageReader.Scan(target, 0, 1, start.after(), consistency), limit, page);
        Optional<NextToken> next = page.lastKey(end).map(last -> new NextToken(0, Optional.of(last)));
        return new Page(page.items().orElseThrow(), next, page.consumption(end));
    }

    private static Page query(
            Intent intent,
            ItemReads reads,
            ReadTarget target,
            List<KeyCondition.Resolved> parts,
            Direction direction,
            NextToken start,
            int limit,
            Consistency consistency,
            ResultPage page) {
        if (start.part() > 0 && start.part() >= parts.size()) {
            throw PartiqlErrors.invalidNextToken();
        }
        var consumption = new Consumption(target.table());
        int left = limit;
        long bytes = 0;
        Optional<NextToken> next = Optional.empty();
        for (int part = start.part(); part < parts.size(); part++) {
            if (part - start.part() == PARTS_OF_PAGE || bytes >= MAX_PAGE_BYTES) {
                next = Optional.of(new NextToken(part, Optional.empty()));
                break;
            }
            Optional<Item> after = part == start.part() ? start.after() : Optional.empty();
            var query = new PageReader.Query(target, parts.get(part), direction, after, consistency);
            if (!query.startsInPartition() || !query.startsInRange()) {
                throw PartiqlErrors.invalidNextToken();
            }
            End end = reads.query(intent, query, left, page);
            consumption = page.consumption(end);
            left -= end.scanned();
            bytes += end.bytes();
            Optional<Item> last = page.lastKey(end);
            if (last.isPresent()) {
                next = Optional.of(new NextToken(part, last));
                break;
            }
        }
        return new Page(page.items().orElseThrow(), next, consumption);
    }
}
