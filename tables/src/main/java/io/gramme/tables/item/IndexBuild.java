package io.gramme.tables.item;

import io.gramme.core.bytes.Bytes;
import io.gramme.storage.Budget;
import io.gramme.storage.HashRange;
import io.gramme.storage.RowStore;
import io.gramme.tables.item.EntryFiller.Filled;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.IndexMaintenance;
import io.gramme.tables.table.OnlineIndex;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import io.gramme.tables.table.TimeToLive;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The kinds of job that fill a new index with the entries of the items that existed before it. Their parts are the
 * table's partitions.
 *
 * <p>A step pins its table, so that neither the table nor the index is dropped meanwhile.
 */
public final class IndexBuild implements JobKind {
    /** Items are locked while their entries are written: a step is so small that a writer hardly waits. */
    static final Budget STEP = new Budget(500, 1 << 20);

    private static final String INDEX_BUILD = "INDEX_BUILD";
    private static final String TTL_INDEX_BUILD = "TTL_INDEX_BUILD";

    private final String name;
    private final EntryFiller filler;
    private final Tables tables;
    private final Budget budget;

    private IndexBuild(String name, RowStore store, Tables tables, Budget budget) {
        this.name = name;
        this.filler = new EntryFiller(store, tables.statistics());
        this.tables = tables;
        this.budget = budget;
    }

    /** The kinds for the indexes of the tables of a store. */
    public static List<JobKind> kinds(RowStore store, Tables tables) {
        return kinds(store, tables, STEP);
    }

    /** The same with a budget for each step. */
    static List<JobKind> kinds(RowStore store, Tables tables, Budget budget) {
        return Stream.of(INDEX_BUILD, TTL_INDEX_BUILD)
                .<JobKind>map(name -> new IndexBuild(name, store, tables, budget))
                .toList();
    }

    /**
     * The job that fills an index. Its token names the index's tablespace, which is never used again: so there is one
     * job for each index.
     *
     * @param items in the table, approximately
     * @param parts how many there are, if not the table's partitions
     */
    static Job job(Table table, OnlineIndex index, long items, OptionalInt parts, Instant now) {
        String resource;
        String kind;
        switch (index) {
            case SecondaryIndex secondary -> {
                kind = INDEX_BUILD;
                resource = secondary.name();
            }
            case TimeToLive timeToLive -> {
                kind = TTL_INDEX_BUILD;
                resource = timeToLive.attribute();
            }
        }
        List<Job.Range> ranges =
                parts.isPresent() ? TableParts.segments(table, parts.getAsInt()) : TableParts.of(table, items);
        AccountRegion owner = table.accountRegion();
        var subject = new Job.Subject(owner.account(), owner.region(), table.name(), table.id(), Optional.of(resource));
        return Job.of(kind, subject, token(table, index), ranges, now).withTotal(items);
    }

    private static String token(Table table, OnlineIndex index) {
        return table.id() + "/" + index.tablespace().number();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<String> refusalToCancel(Job job) {
        String resource = job.subject().resource().orElse("");
        return Optional.of(
                name.equals(INDEX_BUILD)
                        ? "An index build ends with its index: delete index " + resource + " with UpdateTable"
                        : "The build of an expiry index ends with time to live: disable it with UpdateTimeToLive");
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) {
        Optional<PinnedTable> pinned = pin(job);
        if (pinned.isEmpty()) {
            return new Step.Obsolete("The table was deleted");
        }
        try (PinnedTable use = pinned.get()) {
            Table table = use.table();
            Optional<OnlineIndex> index = index(table, job);
            if (index.isEmpty()) {
                return new Step.Obsolete("The index was deleted");
            }
            Optional<Bytes> cursor = part.cursor();
            var range = new HashRange(
                    table.tablespace(),
                    Rows.ITEM,
                    part.range().from(),
                    part.range().to(),
                    cursor.map(reached -> RowCursor.decode(table.tablespace(), reached)));
            var most = new Budget(Math.min(mostItems, budget.rows()), budget.bytes());
            Filled filled = filler.fill(table, index.get(), range, most);
            var processed = new Job.Counters(filled.items(), filled.bytes(), 0);
            return filled.exhausted() || filled.last().isEmpty()
                    ? new Step.Done(processed)
                    : new Step.Advanced(RowCursor.encode(filled.last().get()), processed);
        }
    }

    @Override
    public Ending finish(Job job) {
        Optional<PinnedTable> pinned = pin(job);
        if (pinned.isEmpty()) {
            return new Step.Obsolete("The table was deleted");
        }
        try (PinnedTable use = pinned.get()) {
            Table table = use.table();
            index(table, job).ifPresent(index -> tables.filled(table, index));
            // After a crash it may have been complete already.
            boolean exists = table.onlineIndexes().stream()
                    .filter(index -> !(index instanceof SecondaryIndex secondary && secondary.isLocal()))
                    .filter(index -> index.maintenance() == IndexMaintenance.MAINTAIN)
                    .anyMatch(index -> token(table, index).equals(job.token()));
            return exists ? new Ending.Complete() : new Step.Obsolete("The index was deleted");
        }
    }

    private Optional<PinnedTable> pin(Job job) {
        Job.Subject subject = job.subject();
        var owner = new AccountRegion(subject.account(), subject.region());
        return tables.use(new TableName(owner, subject.table()), subject.tableId());
    }

    /** The index of the job, as long as it is to be filled. */
    private static Optional<OnlineIndex> index(Table table, Job job) {
        return table.onlineIndexes().stream()
                .filter(OnlineIndex::isFilling)
                .filter(index -> token(table, index).equals(job.token()))
                .findFirst();
    }
}
