package io.gramme.tables.check;

import io.gramme.storage.StoreInspection;
import io.gramme.storage.StoreInspection.Content;
import io.gramme.storage.TablespaceId;
import java.util.Collection;
import java.util.Map;

/** How much of a store was read. Sizes on the disk are estimates, and compressed: rows are counted up to them. */
final class CheckProgress {
    /** Receives the progress. */
    interface Listener {
        void at(long bytes, long totalBytes);
    }

    private final StoreInspection inspection;
    private final Listener listener;
    private final long total;
    private long done;
    private long tablespace;
    private long read;

    /** @param tablespaces that will be read, by their content */
    CheckProgress(
            StoreInspection inspection,
            Map<Content, ? extends Collection<TablespaceId>> tablespaces,
            Listener listener) {
        this.inspection = inspection;
        this.listener = listener;
        long all = 0;
        for (var entry : tablespaces.entrySet()) {
            for (TablespaceId each : entry.getValue()) {
                all += inspection.bytes(each, entry.getKey());
            }
        }
        this.total = all;
    }

    void begin(TablespaceId each, Content content) {
        done += tablespace;
        tablespace = inspection.bytes(each, content);
        read = 0;
        listener.at(done, total);
    }

    void read(long bytes) {
        read += bytes;
        listener.at(done + Math.min(read, tablespace), total);
    }
}
