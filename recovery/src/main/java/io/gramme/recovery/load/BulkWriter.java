package io.gramme.recovery.load;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.CapacityErrors;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.ExpressionKind;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.identity.Caller;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.recovery.load.BulkReport.Place;
import io.gramme.storage.RowKey;
import io.gramme.tables.capacity.Consumption;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ItemWrite;
import io.gramme.tables.item.PutAction;
import io.gramme.tables.item.WriteCondition;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Tables;
import io.gramme.transfer.format.ImportRecord;
import io.gramme.transfer.format.RecordCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * Puts the records of one step into a table, some at once, and reports those that it cannot put. A record counts once
 * its batch is complete. Used by one thread.
 */
final class BulkWriter {
    private static final int BATCH_RECORDS = 100;
    private static final long BATCH_BYTES = 1 << 20;

    /** Between two tries to put the rest of a batch. */
    private static final Duration PAUSE = Duration.ofMillis(100);

    /** A megabyte into a table with one write unit takes nearly so long. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(20);

    private final Tables tables;
    private final ItemStore items;
    private final BulkPut target;
    private final String object;
    private final BulkReport.StepFiles report;
    private final boolean again;

    private final List<ImportRecord> batch = new ArrayList<>();
    private long batchBytes;
    private BulkSums sums = BulkSums.ZERO;
    private double units;
    private long complete;

    private record Failure(long index, String message, Optional<Item> item) {}

    /** A record that fits the table. */
    private record Put(long index, Item item, Optional<Condition> condition, ItemWrite write) {}

    /**
     * @param object of which the records are
     * @param again whether the step ran before, so that its items may be stored already
     */
    BulkWriter(
            Tables tables, ItemStore items, BulkPut target, String object, BulkReport.StepFiles report, boolean again) {
        this.tables = tables;
        this.items = items;
        this.target = target;
        this.object = object;
        this.report = report;
        this.again = again;
    }

    /** Of the batches that are complete. */
    BulkSums sums() {
        return sums;
    }

    /** The write units that the table has consumed, its indexes apart. */
    long units() {
        return (long) units;
    }

    /** The number of records before the first that is not put; empty if it is none, or if some behind that are put. */
    OptionalLong complete() {
        return complete > 0 && sums.items() == complete ? OptionalLong.of(complete) : OptionalLong.empty();
    }

    /** Adds a record to the batch. */
    void take(ImportRecord record) {
        batch.add(record);
        batchBytes += switch (record) {
            case ImportRecord.Valid(long _, Item item) -> ItemSize.of(item);
            case ImportRecord.Conditional(long _, Item item, RecordCondition _) -> ItemSize.of(item);
            case ImportRecord.Invalid _, ImportRecord.Unreadable _ -> 0;
        };
    }

    /** Whether the batch should be put before the next record. */
    boolean isFull() {
        return batch.size() >= BATCH_RECORDS || batchBytes >= BATCH_BYTES;
    }

    /**
     * Puts the batch.
     *
     * @return whether the table still exists; if not, nothing is put
     * @throws ApiException if there are no write units left, among others; then perhaps some of the batch is put
     */
    boolean flush() {
        Optional<PinnedTable> found = tables.use(target.table(), target.tableId());
        if (found.isEmpty()) {
            return false;
        }
        try (PinnedTable use = found.get()) {
            new Batch(use.table()).put(batch);
        }
        batch.clear();
        batchBytes = 0;
        return true;
    }

    /** The records of a batch on their way into one version of the table. */
    private final class Batch {
        private final Table table;
        private final Map<RowKey, Put> puts = new LinkedHashMap<>();
        private final List<Failure> failures = new ArrayList<>();
        private Duration waited = Duration.ZERO;

        Batch(Table table) {
            this.table = table;
        }

        void put(List<ImportRecord> records) {
            for (ImportRecord record : records) {
                switch (record) {
                    case ImportRecord.Valid(long index, Item item) -> put(index, item, RecordCondition.NONE);
                    case ImportRecord.Conditional(long index, Item item, RecordCondition condition) ->
                        put(index, item, condition);
                    case ImportRecord.Invalid(long index, String message) -> fail(index, message, Optional.empty());
                    case ImportRecord.Unreadable(long index, String message) -> fail(index, message, Optional.empty());
                }
            }
            settle();
        }

        private void put(long index, Item item, RecordCondition given) {
            Put put;
            try {
                Optional<Condition> condition = bound(given);
                ItemWrite checked = new PutAction(item, new WriteCondition(condition, false)).on(table);
                put = new Put(index, item, condition, unlessRefused(checked, item, condition));
            } catch (ApiException refusal) {
                fail(index, refusal.text(), Optional.of(item));
                return;
            }
            if (puts.containsKey(put.write.row())) {
                // One commit writes an item once.
                settle();
            }
            puts.put(put.write.row(), put);
        }

        private void fail(long index, String message, Optional<Item> item) {
            failures.add(new Failure(index, message, item));
        }

        /** Puts what fits, then counts and reports what does not: if the commit fails, neither is counted. */
        private void settle() {
            int records = puts.size() + failures.size();
            commit(List.copyOf(puts.values()));
            failures.forEach(failure -> {
                sums = sums.plus(BulkSums.ofFailed());
                report.failed(new Place(object, failure.index), failure.message, failure.item);
            });
            puts.clear();
            failures.clear();
            complete += records;
        }

        private void commit(List<Put> all) {
            List<Put> left = all;
            while (!left.isEmpty()) {
                List<Put> tried = left;
                List<Optional<Change>> changes;
                try {
                    changes = items.writeEach(
                            Caller.SERVER, tried.stream().map(Put::write).toList());
                } catch (ApiException refusal) {
                    if (CapacityErrors.isThrottling(refusal) && left.size() < all.size()) {
                        pause(refusal);
                        continue;
                    }
                    if (refusal.code() != ErrorCode.ITEM_COLLECTION_TOO_LARGE) {
                        throw refusal;
                    }
                    refuse(tried, refusal);
                    return;
                }
                for (int i = 0; i < tried.size(); i++) {
                    Put put = tried.get(i);
                    changes.get(i).ifPresent(change -> count(put, change));
                }
                // Contention prevented the others, or there were no units left for them.
                left = IntStream.range(0, tried.size())
                        .filter(i -> changes.get(i).isEmpty())
                        .mapToObj(tried::get)
                        .toList();
            }
        }

        /**
         * Waits for units: if a batch that is put in part were given up, its items would be paid for again with each new
         * try, and a table with little throughput would never get beyond it.
         */
        private void pause(ApiException refusal) {
            try {
                Thread.sleep(PAUSE);
                waited = waited.plus(PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw refusal;
            }
            if (waited.compareTo(LONGEST_WAIT) > 0) {
                throw refusal;
            }
        }

        /** One of the items has no place in its collection: each is tried alone. */
        private void refuse(List<Put> tried, ApiException refusal) {
            if (tried.size() == 1) {
                Put put = tried.getFirst();
                fail(put.index, refusal.text(), Optional.of(put.item));
            } else {
                tried.forEach(put -> commit(List.of(put)));
            }
        }

        private void count(Put put, Change change) {
            units += new Consumption(table).addWrite(change).tableUnits();
            boolean stored = isMet(put.condition, change.before())
                    // The earlier run of the step has put it, or it is the same as if it had.
                    || (again && change.before().equals(Optional.of(put.item)));
            if (stored) {
                sums = sums.plus(BulkSums.ofPut(table, put.item));
            } else {
                sums = sums.plus(BulkSums.ofRefused());
                report.refused(new Place(object, put.index), put.item, change.before());
            }
        }
    }

    private static Optional<Condition> bound(RecordCondition given) {
        var placeholders = new Placeholders(given.names(), given.values());
        placeholders.check(given.expression().isPresent());
        Optional<Condition> condition =
                given.expression().map(text -> Expressions.condition(ExpressionKind.CONDITION, text, placeholders));
        placeholders.requireAllUsed();
        return condition;
    }

    /** A write that leaves an item alone whose condition is false: the other writes of its commit are not hindered. */
    private static ItemWrite unlessRefused(ItemWrite write, Item item, Optional<Condition> condition) {
        return new ItemWrite(
                write.table(),
                write.key(),
                write.row(),
                write.action(),
                write.attributes(),
                before -> isMet(condition, before) ? Optional.of(item) : before);
    }

    private static boolean isMet(Optional<Condition> condition, Optional<Item> before) {
        return condition.isEmpty() || condition.get().matches(before.orElse(Item.EMPTY));
    }
}
