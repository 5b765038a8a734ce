package io.gramme.transfer.format;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.gramme.api.wire.Json;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Value;
import io.gramme.transfer.bucket.BucketException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;

/** The lines of a CSV as documents. Text that is not UTF-8 or breaks RFC 4180 ends the object. */
final class CsvSource implements RecordSource {
    private static final int MAX_CELL = ItemReader.MAX_RECORD / 2;
    private static final int MAX_CELLS = 1 << 16;

    private final InputFormat.Csv format;
    private final CloseableIterator<CsvRecord> records;

    /** Empty before the first line, if it has the names. */
    private List<String> header;

    private long number;

    CsvSource(InputFormat.Csv format, InputStream content) {
        this.format = format;
        this.header = format.header().orElse(List.of());
        this.records = CsvReader.builder()
                .fieldSeparator(format.delimiter())
                .quoteCharacter('"')
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .detectBomHeader(false)
                .maxBufferSize(ItemReader.MAX_RECORD)
                .build(
                        CsvRecordHandler.of(handler -> handler.maxFields(MAX_CELLS)
                                .maxFieldSize(MAX_CELL)
                                .maxRecordSize(ItemReader.MAX_RECORD)),
                        new Utf8Reader(content))
                .iterator();
    }

    @Override
    public Frame next() throws IOException {
        try {
            if (header.isEmpty()) {
                if (!records.hasNext()) {
                    return new End();
                }
                header = records.next().getFields();
                Optional<String> fault = headerFault();
                if (fault.isPresent()) {
                    return new Broken(fault.get());
                }
            }
            return records.hasNext() ? document(records.next()) : new End();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof BucketException failure) {
                throw failure;
            }
            return new Broken("The record is not valid CSV: " + e.getMessage());
        }
    }

    private Optional<String> headerFault() {
        var names = new HashSet<String>();
        for (String name : header) {
            if (name.isEmpty()) {
                return Optional.of("The header has a column without a name");
            }
            if (!names.add(name)) {
                return Optional.of("The header has the column " + name + " twice");
            }
        }
        return Optional.empty();
    }

    private Frame document(CsvRecord line) {
        number = line.getStartingLineNumber();
        List<String> cells = line.getFields();
        if (cells.size() != header.size()) {
            return new Bad(
                    "The record has " + cells.size() + " cells, but the header has " + header.size() + " columns");
        }
        var json = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(json)) {
            out.writeStartObject();
            out.writeName(Documents.ITEM);
            out.writeStartObject();
            for (int i = 0; i < cells.size(); i++) {
                if (!cells.get(i).isEmpty()) {
                    attribute(out, header.get(i), cells.get(i));
                }
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        return new Document(Bytes.wrap(json.toByteArray()));
    }

    private void attribute(JsonGenerator out, String name, String cell) {
        out.writeName(name);
        out.writeStartObject();
        out.writeName(format.keyTypes().getOrDefault(name, Value.Type.S).name());
        out.writeString(cell);
        out.writeEndObject();
    }

    @Override
    public void skip(long count) throws IOException {
        for (long i = 0; i < count; i++) {
            Frame frame = next();
            if (frame instanceof End || frame instanceof Broken) {
                return;
            }
        }
    }

    @Override
    public long lineNumber() {
        return number;
    }

    @Override
    public void close() {}
}
