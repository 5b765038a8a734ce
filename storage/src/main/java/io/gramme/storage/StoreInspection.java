package io.gramme.storage;

import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The files of a store that no process serves, opened to be examined. Nothing is changed. For one thread.
 *
 * <p>Methods that pass rows on do so in the order in which they lie, and hold one of them at a time. A row that cannot
 * be decoded is reported in words, and passed over. A {@link StorageException} says that the rest of a tablespace cannot
 * be read.
 */
public interface StoreInspection extends AutoCloseable {
    /** The kinds of content that a tablespace has. */
    enum Content {
        ROWS,
        LOG,
        HISTORY
    }

    /** Receives what is found in the files themselves. */
    interface FileReport {
        /** Called while files are read. */
        void progress(long bytes, long totalBytes);

        /** @param cause what is wrong with the file, and what is lost */
        void damaged(String file, String cause);

        /** @param text about something that the next start mends by itself */
        void note(String text);
    }

    /** The format and the number of files. */
    record Files(String format, int count, long bytes) {}

    /** Verifies the checksums of all files that the store uses. */
    Files verifyFiles(FileReport report);

    /** Reads rows, logs and history; refuses writes. */
    RowStore store();

    /** The tablespaces that hold content of a kind. */
    SortedSet<TablespaceId> tablespaces(Content content);

    /** The disk space that a tablespace takes, by estimate. */
    long bytes(TablespaceId tablespace, Content content);

    void rows(TablespaceId tablespace, Consumer<Row> row, Consumer<String> damaged);

    /** The records of each log of a tablespace, with its partition key. */
    void log(TablespaceId tablespace, BiConsumer<PartitionKey, LogRecord> record, Consumer<String> damaged);

    void history(TablespaceId tablespace, Consumer<PastRow> image, Consumer<String> damaged);

    @Override
    void close();
}
