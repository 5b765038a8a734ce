package io.gramme.server.operation;

import io.gramme.api.BatchWriteItemInput;
import io.gramme.api.BatchWriteItemOutput;
import io.gramme.api.WriteRequest;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.index.KeyRules;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Action;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.DeleteAction;
import io.gramme.tables.item.ItemAction;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.PutAction;
import io.gramme.tables.item.WriteCondition;
import io.gramme.tables.table.PinnedTables;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * BatchWriteItem: puts or deletes up to 25 items in one or more tables. The service promises each write by itself; here
 * they are one commit, which keeps that promise and pays for one sync. In a distributed store there is one commit for
 * each storage partition, and writes that contention prevents are left unprocessed.
 */
public final class BatchWriteItem implements Handler<BatchWriteItemInput, BatchWriteItemOutput> {
    private static final int MAX_WRITES = 25;

    private final Tables tables;
    private final ItemStore items;

    public BatchWriteItem(Tables tables, ItemStore items) {
        this.tables = tables;
        this.items = items;
    }

    @Override
    public BatchWriteItemOutput handle(BatchWriteItemInput request, RequestContext context) {
        Map<String, List<WriteRequest>> wanted = request.requestItems();
        requireWellFormed(wanted);
        Parameters.raiseInOlderWords(context.faults());
        try (PinnedTables uses = tables.useAll(context.accountRegion(), wanted.keySet())) {
            var writes = new ArrayList<ItemWrite>();
            var asked = new ArrayList<Asked>();
            wanted.forEach((name, requests) -> requests.forEach(write -> {
                writes.add(write(uses.table(name), write).under(() -> RequestTerms.of(request)));
                asked.add(new Asked(name, write));
            }));
            requireDistinct(writes);
            List<Optional<Change>> done = items.writeEach(context.caller(), writes);
            return response(request, asked, writes, done);
        }
    }

    /** One requested write, and the name that the caller gave for its table. */
    private record Asked(String table, WriteRequest write) {}

    private static BatchWriteItemOutput response(
            BatchWriteItemInput request, List<Asked> asked, List<ItemWrite> writes, List<Optional<Change>> done) {
        var names = new ArrayList<String>();
        var doneWrites = new ArrayList<ItemWrite>();
        var changes = new ArrayList<Change>();
        var unprocessed = new LinkedHashMap<String, List<WriteRequest>>();
        for (int i = 0; i < asked.size(); i++) {
            Asked one = asked.get(i);
            if (done.get(i).isPresent()) {
                names.add(one.table());
                doneWrites.add(writes.get(i));
                changes.add(done.get(i).get());
            } else {
                unprocessed.computeIfAbsent(one.table(), _ -> new ArrayList<>()).add(one.write());
            }
        }
        return BatchWriteItemOutput.builder()
                .unprocessedItems(unprocessed)
                .itemCollectionMetrics(
                        CollectionMetrics.of(names, doneWrites, changes, request.returnItemCollectionMetrics()))
                .consumedCapacity(Capacities.of(consumptions(changes), request.returnConsumedCapacity()))
                .build();
    }

    private static void requireWellFormed(Map<String, List<WriteRequest>> wanted) {
        if (wanted.values().stream().mapToInt(List::size).sum() > MAX_WRITES) {
            throw ParameterErrors.tooManyItems("BatchWriteItem");
        }
        wanted.values().stream().flatMap(List::stream).forEach(write -> {
            if (write.putRequest().isEmpty() && write.deleteRequest().isEmpty()) {
                throw ParameterErrors.emptyWriteRequest();
            }
            if (write.putRequest().isPresent() && write.deleteRequest().isPresent()) {
                throw ParameterErrors.ambiguousWriteRequest();
            }
        });
    }

    private static ItemWrite write(Table table, WriteRequest request) {
        // Only this operation reports an item without a proper key as if its key had been given (measured).
        request.putRequest()
                .ifPresent(put -> KeyRules.requireKey(
                        table.key(), put.item().only(table.key().names())));
        return action(request).on(table).as(Action.BATCH_WRITE_ITEM);
    }

    /** A table may occur twice, under its name and under its ARN. */
    private static void requireDistinct(List<ItemWrite> writes) {
        var written = new HashSet<RowKey>();
        for (ItemWrite write : writes) {
            if (!written.add(write.row())) {
                throw ParameterErrors.duplicateKeys();
            }
        }
    }

    private static ItemAction action(WriteRequest request) {
        return request.putRequest()
                .<ItemAction>map(put -> new PutAction(put.item(), WriteCondition.NONE))
                .orElseGet(() ->
                        new DeleteAction(request.deleteRequest().orElseThrow().key(), WriteCondition.NONE));
    }

    private static List<Consumption> consumptions(List<Change> changes) {
        var consumptions = new LinkedHashMap<Table, Consumption>();
        for (Change change : changes) {
            consumptions.computeIfAbsent(change.table(), Consumption::new).addWrite(change);
        }
        return List.copyOf(consumptions.values());
    }
}
