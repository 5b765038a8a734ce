package io.gramme.recovery.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.recovery.export.FolderWriter.Written;
import io.gramme.storage.Budget;
import io.gramme.tables.item.PastChanges;
import io.gramme.tables.job.Job;
import io.gramme.transfer.export.DataFile;
import io.gramme.transfer.format.ItemChange;
import java.util.Optional;

/**
 * What became of the items of a table between two positions, one record for each item. A filter is tested against the
 * newest image of an item, or its old one if it was deleted.
 */
public final class ChangeSource implements FolderWriter.Source {
    private static final Budget PAGE = new Budget(500, 4 << 20);

    private final PastChanges changes;
    private final ExportFilter filter;

    public ChangeSource(PastChanges changes, ExportFilter filter) {
        this.changes = changes;
        this.filter = filter;
    }

    @Override
    public Written write(Job.Range range, Optional<Bytes> cursor, DataFile file) {
        PastChanges.Slice<PastChanges.ItemChange> slice = changes.read(range, cursor, PAGE);
        for (PastChanges.ItemChange change : slice.changes()) {
            Item newest = change.after().or(change::before).orElseThrow();
            if (filter.matches(newest)) {
                file.write(new ItemChange(
                        change.key(),
                        change.before().map(filter::project),
                        change.after().map(filter::project),
                        change.version()));
            }
        }
        return new Written(slice.changes().size(), slice.bytes(), slice.cursor());
    }
}
