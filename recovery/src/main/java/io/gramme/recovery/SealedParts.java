package io.gramme.recovery;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.job.Job;
import io.gramme.tables.job.JobKind.Step;
import io.gramme.tables.table.Table;
import io.gramme.transfer.export.DataFileReader;
import io.gramme.transfer.export.ExportManifest;
import io.gramme.transfer.export.ExportReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The reading of a sealed backup by the parts of a job: each has some of the data files, and reads one with each step. */
final class SealedParts {
    private static final int MOST = 8;
    private static final int BATCH_ITEMS = 500;
    private static final int BATCH_BYTES = 4 << 20;

    private SealedParts() {}

    /** Ranges of the numbers of files, both ends included; one without files, if there are none. */
    static List<Job.Range> of(int files) {
        int parts = Math.clamp(files, 1, MOST);
        return IntStream.range(0, parts)
                .mapToObj(part -> new Job.Range((long) part * files / parts, (long) (part + 1) * files / parts - 1))
                .toList();
    }

    /** Loads the items of the next file of a part. */
    static Step step(ExportReader folder, Job.Part part, ItemStore items, Table target) {
        long next = part.cursor()
                .map(cursor -> cursor.longAt(0))
                .orElse(part.range().from());
        if (next > part.range().to()) {
            return new Step.Done(Job.Counters.ZERO);
        }
        Job.Counters processed = load(folder, folder.files().get((int) next), items, target);
        return next == part.range().to()
                ? new Step.Done(processed)
                : new Step.Advanced(Bytes.ofLong(next + 1), processed);
    }

    private static Job.Counters load(ExportReader folder, ExportManifest.File file, ItemStore items, Table target) {
        long count = 0;
        long bytes = 0;
        var batch = new ArrayList<Item>();
        int batchBytes = 0;
        try (DataFileReader<Item> reader = folder.items(file)) {
            for (Optional<Item> item = reader.next(); item.isPresent(); item = reader.next()) {
                batch.add(item.get());
                int size = ItemSize.of(item.get());
                batchBytes += size;
                count++;
                bytes += size;
                if (batch.size() >= BATCH_ITEMS || batchBytes >= BATCH_BYTES) {
                    items.load(target, batch);
                    batch.clear();
                    batchBytes = 0;
                }
            }
        }
        items.load(target, batch);
        return new Job.Counters(count, bytes, 0);
    }
}
