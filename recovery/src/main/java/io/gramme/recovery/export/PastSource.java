package io.gramme.recovery.export;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.recovery.export.FolderWriter.Written;
import io.gramme.storage.Budget;
import io.gramme.tables.item.PastItems;
import io.gramme.tables.job.Job;
import io.gramme.transfer.export.DataFile;
import java.util.Optional;

/** The items of a table as of a position, as far as a filter lets them pass. */
public final class PastSource implements FolderWriter.Source {
    private static final Budget PAGE = new Budget(1_000, 4 << 20);

    private final PastItems items;
    private final ExportFilter filter;

    public PastSource(PastItems items, ExportFilter filter) {
        this.items = items;
        this.filter = filter;
    }

    @Override
    public Written write(Job.Range range, Optional<Bytes> cursor, DataFile file) {
        PastItems.Slice slice = items.read(range, cursor, PAGE);
        long bytes = 0;
        for (Item item : slice.items()) {
            bytes += ItemSize.of(item);
            if (filter.matches(item)) {
                file.write(filter.project(item));
            }
        }
        return new Written(slice.items().size(), bytes, slice.cursor());
    }
}
