package io.gramme.server.operation;

import io.gramme.api.Get;
import io.gramme.api.ItemResponse;
import io.gramme.api.TransactGetItem;
import io.gramme.api.TransactGetItemsInput;
import io.gramme.api.TransactGetItemsOutput;
import io.gramme.core.error.TransactionErrors;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.identity.Caller;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.storage.Consistency;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.CancellationCollector;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.ItemStore.ItemKey;
import io.gramme.tables.item.ItemStore.Snapshot;
import io.gramme.tables.item.KeyPaths;
import io.gramme.tables.table.PinnedTables;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import io.gramme.tables.transaction.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** TransactGetItems: reads up to 100 items of one or more tables by their keys, as a snapshot of one moment. */
public final class TransactGetItems implements Handler<TransactGetItemsInput, TransactGetItemsOutput> {
    private static final long MAX_BYTES = 4L << 20;

    private final Tables tables;
    private final Transactions transactions;

    public TransactGetItems(Tables tables, Transactions transactions) {
        this.tables = tables;
        this.transactions = transactions;
    }

    /** One item to read. */
    private record Read(String table, Item key, Optional<Projection> projection) {

        static Read bind(Get get) {
            var placeholders = new Placeholders(get.expressionAttributeNames(), Optional.empty());
            var shown = new Projections(get.projectionExpression(), Optional.empty(), placeholders);
            return new Read(get.tableName(), get.key(), shown.bind());
        }

        ItemKey on(Table opened, Caller caller, Terms terms) {
            projection.ifPresent(bound -> KeyPaths.requireScalar(opened, bound.paths()));
            KeyRules.requireKey(opened.key(), key);
            Intent intent = Intent.of(
                            caller,
                            Action.GET_ITEM,
                            Optional.of(key.attributes().keySet()),
                            projection.map(Projection::attributes))
                    .under(() -> terms.select(RequestTerms.select(projection.isPresent(), false)));
            return new ItemKey(intent, opened, key);
        }
    }

    @Override
    public TransactGetItemsOutput handle(TransactGetItemsInput request, RequestContext context) {
        List<Read> reads = plan(request, context);
        try (PinnedTables uses = tables.useAll(
                context.accountRegion(), reads.stream().map(Read::table).toList())) {
            Terms terms = RequestTerms.of(request);
            List<ItemKey> keys = CancellationCollector.upToFirst(
                    reads, read -> read.on(uses.table(read.table()), context.caller(), terms));
            requireDistinct(keys);
            Snapshot read = transactions.read(keys);
            List<Optional<Item>> items = read.items();
            requireFits(items);
            context.requireAdmitted(decodedBytes(reads, items));
            read.payment().run();
            return TransactGetItemsOutput.builder()
                    .responses(responses(reads, items))
                    .consumedCapacity(Capacities.of(consumed(reads, uses, items), request.returnConsumedCapacity()))
                    .build();
        }
    }

    /** Runs the checks that need no table: all of one item before the next. */
    private static List<Read> plan(TransactGetItemsInput request, RequestContext context) {
        var reads = new ArrayList<Read>();
        for (TransactGetItem wanted : request.transactItems()) {
            Parameters.raiseInOlderWords(context.faults(), "TransactItems", reads.size());
            reads.add(Read.bind(wanted.get()));
        }
        return reads;
    }

    static void requireDistinct(List<ItemKey> keys) {
        if (keys.stream().map(ItemKey::row).distinct().count() < keys.size()) {
            throw TransactionErrors.itemTwice();
        }
    }

    static void requireFits(List<Optional<Item>> items) {
        long bytes =
                items.stream().flatMap(Optional::stream).mapToLong(ItemSize::of).sum();
        if (bytes > MAX_BYTES) {
            throw TransactionErrors.responseTooLarge(bytes);
        }
    }

    /** The bytes of decoded items that take as much memory as these, their answer included. */
    private static long decodedBytes(List<Read> reads, List<Optional<Item>> items) {
        long bytes = 0;
        for (int i = 0; i < reads.size(); i++) {
            long size = items.get(i).map(ItemSize::of).orElse(0);
            bytes += RequestContext.decodedBytes(size, reads.get(i).projection().isPresent());
        }
        return bytes;
    }

    /**
     * One response for each key, in order; empty where there is no item, or where the projection shows nothing of it.
     */
    private static List<ItemResponse> responses(List<Read> reads, List<Optional<Item>> items) {
        var responses = new ArrayList<ItemResponse>(reads.size());
        for (int i = 0; i < reads.size(); i++) {
            Optional<Item> shown = Projections.of(items.get(i), reads.get(i).projection());
            responses.add(ItemResponse.builder()
                    .item(shown.filter(item -> !item.isEmpty()))
                    .build());
        }
        return responses;
    }

    private static List<Consumption> consumed(List<Read> reads, PinnedTables uses, List<Optional<Item>> items) {
        var tables = new LinkedHashMap<Table, Consumption>();
        for (int i = 0; i < reads.size(); i++) {
            tables.computeIfAbsent(uses.table(reads.get(i).table()), Consumption::ofTransactionalReads)
                    .addRead(items.get(i), Consistency.STRONG);
        }
        return List.copyOf(tables.values());
    }
}
