package io.gramme.server.encryption;

import io.gramme.encryption.KeyRetirement;
import io.gramme.encryption.KeyRetirement.Swept;
import io.gramme.storage.Budget;
import io.gramme.storage.HashRange;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.item.RewrittenRows;
import io.gramme.tables.item.TableParts;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobKind;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.PinnedTable;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableName;
import io.gramme.tables.table.Tables;
import java.time.Instant;
import java.util.Optional;

/**
 * The kind of job that retires the old data keys of a table: it writes the rows of the table and its indexes again that are sealed
 * with them, and destroys them. A row written again is no change of an item: nothing is logged, and no units are used.
 *
 * <p>Not for a table that keeps its earlier states: their images are sealed with the same data keys.
 */
public final class DataKeyRetirement implements JobKind {
    private static final String NAME = "DATA_KEY_RETIREMENT";
    private static final Budget STEP = new Budget(500, 1 << 20);

    private final KeyRetirement retirement;
    private final Tables tables;

    public DataKeyRetirement(KeyRetirement retirement, Tables tables) {
        this.retirement = retirement;
        this.tables = tables;
    }

    /** @param items in the table, approximately */
    static Job job(Table table, long items, Instant now) {
        AccountRegion owner = table.accountRegion();
        var subject = new Job.Subject(owner.account(), owner.region(), table.name(), table.id(), Optional.empty());
        return Job.of(NAME, subject, table.id() + "/" + now, TableParts.of(table, items), now);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Step step(Job job, Job.Part part, int mostItems) {
        Optional<PinnedTable> pinned = pin(job);
        if (pinned.isEmpty()) {
            return new Step.Obsolete("The table was deleted");
        }
        try (PinnedTable use = pinned.get()) {
            Table table = use.table();
            if (table.history().isPresent()) {
                return keepsStates();
            }
            Optional<HashRange> range = RewrittenRows.next(table, part.range(), part.cursor());
            if (range.isEmpty()) {
                return new Step.Done(Job.Counters.ZERO);
            }
            Swept swept = retirement.rewrite(
                    range.get(),
                    job.created(),
                    new Budget(Math.min(mostItems, STEP.rows()), STEP.bytes()),
                    row -> RewrittenRows.value(table, row));
            return new Step.Advanced(
                    RewrittenRows.cursor(range.get(), swept.exhausted() ? Optional.empty() : swept.last()),
                    new Job.Counters(swept.read(), swept.bytes(), 0));
        }
    }

    private static Step.Obsolete keepsStates() {
        return new Step.Obsolete("The table keeps earlier states, which are sealed with its data keys");
    }

    @Override
    public Ending finish(Job job) {
        Optional<PinnedTable> pinned = pin(job);
        if (pinned.isEmpty()) {
            return new Step.Obsolete("The table was deleted");
        }
        try (PinnedTable use = pinned.get()) {
            Table table = use.table();
            if (table.history().isPresent()) {
                return keepsStates();
            }
            for (TablespaceId tablespace : table.allTablespaces()) {
                // Records of the log are not written again: their keys stay until the log is dropped.
                if (table.log()
                        .filter(log -> log.tablespace().equals(tablespace))
                        .isEmpty()) {
                    var _ = retirement.destroy(tablespace, job.created());
                }
            }
            return new Ending.Complete();
        }
    }

    private Optional<PinnedTable> pin(Job job) {
        Job.Subject subject = job.subject();
        var owner = new AccountRegion(subject.account(), subject.region());
        return tables.use(new TableName(owner, subject.table()), subject.tableId());
    }
}
