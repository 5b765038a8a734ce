package io.gramme.transfer.format;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The records of one object of an import: what its source yields, parsed. */
final class ObjectReader implements ItemReader {
    private final ObjectInput object;
    private final InputFormat format;
    private final RecordKind kind;
    private final Compression compression;
    private final AfterDamage afterDamage;

    /** Null before the first record: what cannot be opened is an unreadable record. */
    private @Nullable RecordSource source;

    /** Of the next record. */
    private long index;

    private boolean ended;

    /** What follows a line that is no JSON: nothing, as on the service, or the next line. */
    enum AfterDamage {
        STOP,
        NEXT_LINE
    }

    ObjectReader(
            ObjectInput object,
            InputFormat format,
            RecordKind kind,
            Compression compression,
            long skip,
            AfterDamage afterDamage) {
        this.object = object;
        this.format = format;
        this.kind = kind;
        this.compression = compression;
        this.afterDamage = afterDamage;
        this.index = skip;
    }

    @Override
    public Optional<ImportRecord> next() {
        if (ended) {
            return Optional.empty();
        }
        Optional<ImportRecord> record = read();
        ended = record.isEmpty() || record.get() instanceof ImportRecord.Unreadable;
        index++;
        return record;
    }

    private Optional<ImportRecord> read() {
        try {
            return switch (opened().next()) {
                case RecordSource.Document(Bytes json) -> Optional.of(parsed(json.shared()));
                case RecordSource.Bad(String message) -> Optional.of(new ImportRecord.Invalid(index, message));
                case RecordSource.Broken(String message) -> Optional.of(unreadable(message));
                case RecordSource.End() -> Optional.empty();
            };
        } catch (IOException damage) {
            return Optional.of(unreadable("The object cannot be read as " + compression + ": " + damage.getMessage()));
        }
    }

    private RecordSource opened() throws IOException {
        RecordSource known = source;
        if (known == null) {
            known = Sources.of(format, kind, compression.content(object));
            source = known;
            known.skip(index);
        }
        return known;
    }

    private ImportRecord parsed(byte[] json) {
        try {
            return switch (kind) {
                case ITEM -> new ImportRecord.Valid(index, Documents.item(json));
                case PUT -> Documents.put(json).record(index);
            };
        } catch (ApiException refusal) {
            if (!Documents.isUnreadable(refusal)) {
                return new ImportRecord.Invalid(index, refusal.text());
            }
            String message = "The record is not valid JSON";
            return afterDamage == AfterDamage.STOP ? unreadable(message) : new ImportRecord.Invalid(index, message);
        }
    }

    @Override
    public OptionalLong line() {
        return source == null || source.lineNumber() == 0 ? OptionalLong.empty() : OptionalLong.of(source.lineNumber());
    }

    private ImportRecord unreadable(String message) {
        return new ImportRecord.Unreadable(index, message + ". The rest of the object was skipped");
    }

    @Override
    public long storedBytes() {
        return object.count();
    }

    @Override
    public void close() {
        if (source != null) {
            source.close();
        }
        object.close();
    }
}
