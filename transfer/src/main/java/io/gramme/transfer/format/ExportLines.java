package io.gramme.transfer.format;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.item.Item;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads back the lines of a data file of an export, all of which must be sound. Used by one thread at a time.
 *
 * @param <T> {@link Item} or {@link ItemChange}
 */
public final class ExportLines<T> implements AutoCloseable {
    private final ObjectInput object;
    private final RecordSource source;
    private final Function<byte[], T> parse;
    private long count;

    /** A line is not one of an export, or the file is damaged. The message has the reason. */
    public static final class UnsoundException extends Exception {
        private static final long serialVersionUID = 1;

        UnsoundException(String message) {
            super(message);
        }
    }

    private ExportLines(InputStream file, OutputFormat format, boolean changes, Function<byte[], T> parse)
            throws UnsoundException {
        this.object = new ObjectInput(file);
        this.parse = parse;
        try {
            InputStream content = Compression.GZIP.content(object);
            this.source = switch (format) {
                case DYNAMODB_JSON -> new LineSource(content);
                case ION -> new IonSource(content, new IonDocument(changes));
            };
        } catch (IOException e) {
            throw new UnsoundException(String.valueOf(e.getMessage()));
        }
    }

    /** @param file gzipped lines of a full export; closed with the reader */
    public static ExportLines<Item> items(InputStream file, OutputFormat format) throws UnsoundException {
        return new ExportLines<>(file, format, false, Documents::item);
    }

    /** @param file gzipped lines of an incremental export; closed with the reader */
    public static ExportLines<ItemChange> changes(InputStream file, OutputFormat format) throws UnsoundException {
        return new ExportLines<>(file, format, true, Documents::change);
    }

    /** The next line; empty at the end. */
    public Optional<T> next() throws UnsoundException {
        try {
            Optional<T> line = switch (source.next()) {
                case RecordSource.Document(Bytes json) -> Optional.of(parse.apply(json.shared()));
                case RecordSource.Bad(String message) -> throw unsound(message);
                case RecordSource.Broken(String message) -> throw unsound(message);
                case RecordSource.End() -> Optional.empty();
            };
            count++;
            return line;
        } catch (ApiException refusal) {
            throw unsound(Documents.isUnreadable(refusal) ? "it is not valid JSON" : refusal.text());
        } catch (IOException e) {
            throw unsound(String.valueOf(e.getMessage()));
        }
    }

    private UnsoundException unsound(String reason) {
        return new UnsoundException("record " + count + ": " + reason);
    }

    @Override
    public void close() {
        source.close();
        object.close();
    }
}
