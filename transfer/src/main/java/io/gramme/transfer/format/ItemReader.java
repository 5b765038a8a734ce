package io.gramme.transfer.format;

import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the records of one object that is imported, in their order. Used by one thread at a time.
 *
 * <p>Damage of the content is a record ({@link ImportRecord.Unreadable}), never an exception. What the object's stream
 * throws unchecked, as {@code BucketException}, passes through; the reader can then only be closed, and a new one
 * continues with {@code skip}.
 */
public interface ItemReader extends AutoCloseable {
    /**
     * The most bytes of one record in its text form. An item of 400 KB is shorter in every form. A longer line of JSON
     * is read past, without being held, and is invalid; in other formats it ends the object.
     */
    int MAX_RECORD = 32 << 20;

    /**
     * Opens an object. Nothing is read before the first record.
     *
     * @param object from its first byte; closed with the reader
     * @param skip the number of records to pass without parsing them: those that were processed before
     */
    static ItemReader open(InputStream object, InputFormat format, Compression compression, long skip) {
        return open(object, format, RecordKind.ITEM, compression, skip);
    }

    /** The same for an object whose records may be puts with a condition. */
    static ItemReader open(
            InputStream object, InputFormat format, RecordKind kind, Compression compression, long skip) {
        return new ObjectReader(
                new ObjectInput(object), format, kind, compression, skip, ObjectReader.AfterDamage.STOP);
    }

    /**
     * The same for a file that a person may mend: a line of JSON that cannot be parsed is an {@link
     * ImportRecord.Invalid}, behind which the reader continues.
     */
    static ItemReader lenient(InputStream object, InputFormat format, Compression compression, long skip) {
        return new ObjectReader(
                new ObjectInput(object),
                format,
                RecordKind.ITEM,
                compression,
                skip,
                ObjectReader.AfterDamage.NEXT_LINE);
    }

    /** The line on which the last record began, from 1; empty for formats whose records are not on lines. */
    OptionalLong line();

    /** The next record; empty at the end of the object. */
    Optional<ImportRecord> next();

    /** The number of bytes of the object, as it is stored, that have been read: for ProcessedSizeBytes and progress. */
    long storedBytes();

    /** Closes the stream of the object. */
    @Override
    void close();
}
