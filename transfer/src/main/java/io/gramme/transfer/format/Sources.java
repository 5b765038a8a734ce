package io.gramme.transfer.format;

import java.io.IOException;
import java.io.InputStream;

/** Opens the source of a content by its format. */
final class Sources {
    private Sources() {}

    static RecordSource of(InputFormat format, RecordKind kind, InputStream content) throws IOException {
        return switch (format) {
            case InputFormat.DynamoDbJson() -> new LineSource(ByteOrderMark.skipped(content));
            case InputFormat.Ion() -> new IonSource(content, new IonDocument(false, kind));
            case InputFormat.Csv csv -> new CsvSource(csv, ByteOrderMark.skipped(content));
        };
    }
}
