package io.gramme.server.operation;

import io.gramme.api.BatchGetItemInput;
import io.gramme.api.BatchGetItemOutput;
import io.gramme.api.KeysAndAttributes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.storage.Consistency;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.BatchReads;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.KeyPaths;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.PinnedTables;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** BatchGetItem: reads up to 100 items by their keys, from one or more tables, up to 16 MB in sum. */
public final class BatchGetItem implements Handler<BatchGetItemInput, BatchGetItemOutput> {
    private static final int MAX_KEYS = 100;

    /** The guide's example has 52 items of 300 KB in an answer: megabytes of a million bytes. */
    private static final long MAX_BYTES = 16_000_000;

    /** The number of items that are read together, before it is known whether they fit into the answer. */
    private static final int READ_AT_ONCE = 25;

    private final Tables tables;
    private final Moments moments;

    public BatchGetItem(Tables tables, Moments moments) {
        this.tables = tables;
        this.moments = moments;
    }

    /** The keys and the projection to read of one table, under the name that the caller gave. */
    private record TableRead(String name, KeysAndAttributes wanted, Optional<Projection> projection) {}

    @Override
    public BatchGetItemOutput handle(BatchGetItemInput request, RequestContext context) {
        List<TableRead> reads = plan(request.requestItems(), context);
        try (PinnedTables uses =
                tables.useAll(context.accountRegion(), request.requestItems().keySet())) {
            reads.forEach(read -> requireFits(uses.table(read.name()), read));
            var batch = new Batch(moments, context);
            Map<TableRead, BatchReads> allowed = batch.allowed(reads, uses, RequestTerms.of(request));
            allowed.forEach((read, rows) -> batch.read(read, rows, uses.table(read.name())));
            batch.requireSomeRead();
            batch.pay();
            return BatchGetItemOutput.builder()
                    .responses(batch.responses)
                    .unprocessedKeys(batch.unprocessed)
                    .consumedCapacity(Capacities.of(batch.consumptions, request.returnConsumedCapacity()))
                    .build();
        }
    }

    /** Runs the checks that need no tables, in the service's order: each check of all tables before the next. */
    private static List<TableRead> plan(Map<String, KeysAndAttributes> wanted, RequestContext context) {
        requireFewKeys(wanted.values());
        Projections.requireOneKind(
                wanted.values().stream().map(BatchGetItem::projections).toList());
        context.faults().raise();
        wanted.values().forEach(BatchGetItem::requireDistinct);
        var reads = new ArrayList<TableRead>();
        wanted.forEach((name, keys) ->
                reads.add(new TableRead(name, keys, projections(keys).bind())));
        return reads;
    }

    private static void requireFewKeys(Collection<KeysAndAttributes> wanted) {
        if (wanted.stream().mapToInt(keys -> keys.keys().size()).sum() > MAX_KEYS) {
            throw ParameterErrors.tooManyItems("BatchGetItem");
        }
    }

    private static Projections projections(KeysAndAttributes keys) {
        return new Projections(
                keys.projectionExpression(),
                keys.attributesToGet(),
                new Placeholders(keys.expressionAttributeNames(), Optional.empty()));
    }

    private static void requireDistinct(KeysAndAttributes wanted) {
        Set<Map<String, Object>> distinct = new HashSet<>();
        wanted.keys().forEach(key -> distinct.add(asWritten(key)));
        if (distinct.size() < wanted.keys().size()) {
            throw ParameterErrors.duplicateKeys();
        }
    }

    /** Measured: {@code 1000} and {@code 1e3} are two keys to BatchGetItem, and one to every other operation. */
    private static Map<String, Object> asWritten(Item key) {
        var written = new HashMap<String, Object>();
        key.attributes()
                .forEach((name, value) ->
                        written.put(name, value instanceof Value.N(Decimal number) ? number.written() : value));
        return written;
    }

    /** Runs the remaining checks, in the service's order. */
    private static void requireFits(Table table, TableRead read) {
        read.wanted().keys().forEach(key -> KeyRules.requireKey(table.key(), key));
        read.projection().ifPresent(projection -> KeyPaths.requireScalar(table, projection.paths()));
    }

    /** One answer under construction; keys of items that no longer fit become unprocessed keys. */
    private static final class Batch {
        private final Moments moments;
        private final RequestContext context;
        private final Map<String, List<Item>> responses = new LinkedHashMap<>();
        private final Map<String, KeysAndAttributes> unprocessed = new LinkedHashMap<>();
        private final List<Consumption> consumptions = new ArrayList<>();
        private long bytes;
        private boolean someRead;
        private final List<BatchReads> unpaid = new ArrayList<>();
        private Optional<ApiException> refusal = Optional.empty();

        /** The bytes of items that take as much memory as these when they are decoded. */
        private long weight;

        Batch(Moments moments, RequestContext context) {
            this.moments = moments;
            this.context = context;
        }

        /** The reads of each table, once all of them are allowed. */
        Map<TableRead, BatchReads> allowed(List<TableRead> reads, PinnedTables uses, Terms terms) {
            var allowed = new LinkedHashMap<TableRead, BatchReads>();
            for (TableRead read : reads) {
                Table table = uses.table(read.name());
                List<Item> keys = read.wanted().keys();
                Intent intent = Intent.of(
                                context.caller(),
                                Action.BATCH_GET_ITEM,
                                Optional.of(table.key().names()),
                                read.projection().map(Projection::attributes))
                        .under(() -> terms.select(
                                RequestTerms.select(read.projection().isPresent(), false)));
                allowed.put(
                        read,
                        moments.reads(context, new ReadTarget(table, Optional.empty()))
                                .batch(
                                        intent,
                                        table,
                                        keys,
                                        Parameters.consistency(read.wanted().consistentRead())));
            }
            return allowed;
        }

        void read(TableRead wants, BatchReads reads, Table table) {
            KeysAndAttributes wanted = wants.wanted();
            Consistency consistency = Parameters.consistency(wanted.consistentRead());
            var consumption = new Consumption(table);
            unpaid.add(reads);
            var found = new ArrayList<Item>();
            var rest = new ArrayList<Item>();
            var refused = new ArrayList<Item>();
            List<Item> keys = wanted.keys();
            for (int begin = 0; begin < keys.size(); begin += READ_AT_ONCE) {
                List<Item> next = keys.subList(begin, Math.min(keys.size(), begin + READ_AT_ONCE));
                if (!rest.isEmpty() || bytes >= MAX_BYTES) {
                    rest.addAll(next);
                    continue;
                }
                BatchReads.Batch read = read(reads, next);
                refused.addAll(read.refused());
                for (BatchReads.Found one : read.found()) {
                    Optional<Item> item = one.item();
                    long size = item.map(ItemSize::of).orElse(0);
                    if (!rest.isEmpty() || bytes >= MAX_BYTES || bytes + size > MAX_BYTES) {
                        rest.add(one.key());
                        continue;
                    }
                    reads.keep(one);
                    bytes += size;
                    weight +=
                            RequestContext.decodedBytes(size, wants.projection().isPresent());
                    context.requireAdmitted(weight);
                    consumption.addRead(item, consistency);
                    Projections.of(item, wants.projection()).ifPresent(found::add);
                }
            }
            responses.put(wants.name(), found);
            consumptions.add(consumption);
            rest.addAll(refused);
            if (!rest.isEmpty()) {
                unprocessed.put(wants.name(), remaining(wanted, rest));
            }
        }

        /** Reads what there are units for; it is not an error yet if there are none. */
        private BatchReads.Batch read(BatchReads reads, List<Item> keys) {
            try {
                BatchReads.Batch batch = reads.get(keys);
                someRead = true;
                return batch;
            } catch (ApiException throttled) {
                if (!CapacityErrors.isThrottling(throttled)) {
                    throw throttled;
                }
                refusal = refusal.or(() -> Optional.of(throttled));
                return new BatchReads.Batch(List.of(), keys);
            }
        }

        /** Pays for the items of the answer, once it is sure that it is given. */
        void pay() {
            unpaid.forEach(BatchReads::pay);
        }

        /** The service refuses a batch only if it has read none of its items. */
        void requireSomeRead() {
            if (!someRead && refusal.isPresent()) {
                throw refusal.get();
            }
        }

        private static KeysAndAttributes remaining(KeysAndAttributes wanted, List<Item> rest) {
            return KeysAndAttributes.builder()
                    .keys(rest)
                    .attributesToGet(wanted.attributesToGet())
                    .consistentRead(wanted.consistentRead())
                    .projectionExpression(wanted.projectionExpression())
                    .expressionAttributeNames(wanted.expressionAttributeNames())
                    .build();
        }
    }
}
