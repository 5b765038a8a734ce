package io.gramme.transfer.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Value;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files that a person may mend: the reader goes on behind a bad line, and says which it was. */
class LenientReaderTest {
    private static final InputFormat CSV = new InputFormat.Csv(',', Optional.empty(), Map.of("pk", Value.Type.N));

    /** For each record its kind and its line. */
    private static List<String> read(String text, InputFormat format, long skip) {
        var records = new ArrayList<String>();
        try (ItemReader reader =
                ItemReader.lenient(new ByteArrayInputStream(text.getBytes(UTF_8)), format, Compression.NONE, skip)) {
            for (Optional<ImportRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                String line = reader.line().isPresent() ? " " + reader.line().getAsLong() : "";
                records.add(next.get().getClass().getSimpleName() + line);
            }
        }
        return records;
    }

    @Test
    void aLineThatIsNoJsonIsOneBadRecord() {
        String text = "{\"Item\":{\"pk\":{\"S\":\"a\"}}}\n\nno json\n{\"Item\":{\"pk\":{\"S\":\"b\"}}}\n{\"Item\":{}";
        assertThat(read(text, Objects.JSON, 0)).containsExactly("Valid 1", "Invalid 3", "Valid 4", "Invalid 5");
        assertThat(read(text, Objects.JSON, 2)).containsExactly("Valid 4", "Invalid 5");
    }

    @Test
    void aRecordOfSeveralLinesIsOnTheFirstOfThem() {
        String text = "pk,note\n1,\"a\nb\"\n\nx,bad\n2,good\n";
        assertThat(read(text, CSV, 0)).containsExactly("Valid 2", "Invalid 5", "Valid 6");
        assertThat(read(text, CSV, 1)).containsExactly("Invalid 5", "Valid 6");
    }

    @Test
    void valuesOfIonAreOnNoLines() {
        assertThat(read("{Item:{pk:\"a\"}}\n7\n{Item:{pk:\"b\"}}", Objects.ION, 0))
                .containsExactly("Valid", "Invalid", "Valid");
    }
}
