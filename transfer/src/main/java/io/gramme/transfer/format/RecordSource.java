package io.gramme.transfer.format;

import io.gramme.core.bytes.Bytes;
import java.io.IOException;

/** The records of an object as documents of JSON. Used by one thread at a time. */
interface RecordSource extends AutoCloseable {
    /** One step of a source. */
    sealed interface Frame {}

    /** A record, which may or may not be a valid document. */
    record Document(Bytes json) implements Frame {}

    /** A record that is none, and after which the source continues. */
    record Bad(String message) implements Frame {}

    /** A record that cannot be parsed, and behind which nothing can be read. */
    record Broken(String message) implements Frame {}

    /** There are no more records. */
    record End() implements Frame {}

    /** @throws IOException if the content is damaged */
    Frame next() throws IOException;

    /** Passes up to {@code count} records without parsing them further than needed to find their ends. */
    void skip(long count) throws IOException;

    /** The line on which the last record began, from 1; 0 where records are not on lines. */
    long lineNumber();

    @Override
    void close();
}
