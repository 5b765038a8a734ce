package io.gramme.transfer.format;

import com.amazon.ion.IonReader;
import com.amazon.ion.IonWriter;
import com.amazon.ion.system.IonBinaryWriterBuilder;
import com.amazon.ion.system.IonReaderBuilder;
import com.github.luben.zstd.Zstd;
import io.gramme.core.item.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Contents of objects, and what a reader makes of them. */
final class Objects {
    static final InputFormat JSON = new InputFormat.DynamoDbJson();
    static final InputFormat ION = new InputFormat.Ion();

    private Objects() {}

    static byte[] lines(OutputFormat format, List<Item> items) {
        var content = new ByteArrayOutputStream();
        RecordWriter writer = RecordWriter.of(format, content);
        items.forEach(writer::write);
        return content.toByteArray();
    }

    static byte[] compressed(Compression compression, byte[] content) throws IOException {
        return switch (compression) {
            case NONE -> content;
            case GZIP -> {
                var zipped = new ByteArrayOutputStream();
                try (var out = new GZIPOutputStream(zipped)) {
                    out.write(content);
                }
                yield zipped.toByteArray();
            }
            case ZSTD -> Zstd.compress(content);
        };
    }

    static byte[] binaryIon(byte[] text) throws IOException {
        var binary = new ByteArrayOutputStream();
        try (IonReader in = IonReaderBuilder.standard().build(text);
                IonWriter out = IonBinaryWriterBuilder.standard().build(binary)) {
            out.writeValues(in);
        }
        return binary.toByteArray();
    }

    static List<ImportRecord> records(byte[] object, InputFormat format, Compression compression, long skip) {
        var records = new ArrayList<ImportRecord>();
        try (ItemReader reader = ItemReader.open(new ByteArrayInputStream(object), format, compression, skip)) {
            for (Optional<ImportRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
        }
        return records;
    }

    static List<ImportRecord> records(byte[] object, InputFormat format) {
        return records(object, format, Compression.NONE, 0);
    }

    static List<Item> items(List<ImportRecord> records) {
        return records.stream()
                .map(record -> ((ImportRecord.Valid) record).item())
                .toList();
    }
}
