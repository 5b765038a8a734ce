package io.gramme.tables.check;

import io.gramme.storage.StoreInspection;
import io.gramme.storage.StoreInspection.Content;
import io.gramme.storage.TablespaceId;

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

    CheckProgress(StoreInspection inspection, Listener listener) {
        this.inspection = inspection;
        this.listener = listener;
        long all = 0;
        for (Content content : Content.values()) {
            for (TablespaceId each : inspection.tablespaces(content)) {
                all += inspection.bytes(each, content);
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
