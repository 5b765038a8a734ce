package io.gramme.transfer.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.transfer.format.ImportRecord.Conditional;
import io.gramme.transfer.format.ImportRecord.Invalid;
import io.gramme.transfer.format.ImportRecord.Unreadable;
import io.gramme.transfer.format.ImportRecord.Valid;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for imported CSV. */
class CsvReaderTest {
    private static final Map<String, Value.Type> TYPES = Map.of("n", Value.Type.N, "b", Value.Type.B);

    static final InputFormat COMMA = new InputFormat.Csv(',', Optional.empty(), TYPES);

    private static List<ImportRecord> read(String text) {
        return Objects.records(text.getBytes(UTF_8), COMMA);
    }

    private static Item strings(String... namesAndTexts) {
        var attributes = new LinkedHashMap<String, Value>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            attributes.put(namesAndTexts[i], new Value.S(namesAndTexts[i + 1]));
        }
        return Item.of(attributes);
    }

    private static String message(ImportRecord record) {
        return switch (record) {
            case Valid valid -> throw new AssertionError(valid);
            case Conditional conditional -> throw new AssertionError(conditional);
            case Invalid(long _, String message) -> message;
            case Unreadable(long _, String message) -> message;
        };
    }

    @Test
    void theFirstLineNamesTheAttributes() {
        List<ImportRecord> records = read("a,c\n1,2\n3,4\n");
        assertThat(records).extracting(ImportRecord::index).containsExactly(0L, 1L);
        assertThat(Objects.items(records)).containsExactly(strings("a", "1", "c", "2"), strings("a", "3", "c", "4"));
    }

    @Test
    void aGivenHeaderMakesTheFirstLineAnItem() {
        var format = new InputFormat.Csv(',', Optional.of(List.of("x", "y")), Map.of());
        assertThat(Objects.items(Objects.records("a,c\n1,2".getBytes(UTF_8), format)))
                .containsExactly(strings("x", "a", "y", "c"), strings("x", "1", "y", "2"));
    }

    @Test
    void keysTakeTheirDeclaredTypes() {
        List<ImportRecord> records = read("n,b,s\n1e2,AQI=,007\n");
        Item expected = strings("s", "007")
                .with(Item.of("n", SampleItems.number("100")))
                .with(Item.of("b", new Value.B(Bytes.wrap(new byte[] {1, 2}))));
        assertThat(Objects.items(records)).containsExactly(expected);
    }

    @Test
    void aKeyThatHasNotItsTypeIsAnInvalidRecord() {
        List<ImportRecord> records = read("n,b\none,\n1,?\n2,AQI=\n");
        assertThat(message(records.get(0))).isEqualTo("The parameter cannot be converted to a numeric value: one");
        assertThat(message(records.get(1)))
                .isEqualTo("Base64 encoded length is expected a multiple of 4 bytes but found: 1");
        assertThat(records.get(2)).isInstanceOf(Valid.class);
    }

    @Test
    void anEmptyCellIsNoAttribute() {
        assertThat(Objects.items(read("a,c,n\n1,,\n,\"\",3\n")))
                .containsExactly(strings("a", "1"), Item.of("n", SampleItems.number("3")));
    }

    @Test
    void quotesAreEscapedByQuotesAndBackslashesAreData() {
        assertThat(Objects.items(read("a,c\n\"x\"\"y\",\\n\n\"1\n2\",\"a,b\"\n\"\\\",\\\n")))
                .containsExactly(
                        strings("a", "x\"y", "c", "\\n"),
                        strings("a", "1\n2", "c", "a,b"),
                        strings("a", "\\", "c", "\\"));
    }

    @ParameterizedTest
    @ValueSource(chars = {',', ';', ':', '|', '\t', ' '})
    void eachDelimiterSeparates(char delimiter) {
        var format = new InputFormat.Csv(delimiter, Optional.empty(), Map.of());
        String text = "a" + delimiter + "c\n1" + delimiter + "\"2" + delimiter + "\"\n";
        assertThat(Objects.items(Objects.records(text.getBytes(UTF_8), format)))
                .containsExactly(strings("a", "1", "c", "2" + delimiter));
    }

    @Test
    void anotherDelimiterIsRefused() {
        assertThatThrownBy(() -> new InputFormat.Csv('x', Optional.empty(), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void marksAndWindowsEndsAndBlankLinesAreNoData() {
        assertThat(Objects.items(read("\ufeffa,c\r\n1,2\r\n\r\n3,4")))
                .containsExactly(strings("a", "1", "c", "2"), strings("a", "3", "c", "4"));
        assertThat(read("")).isEmpty();
        assertThat(read("a,c\n")).isEmpty();
    }

    @Test
    void namesAreCaseSensitive() {
        assertThat(Objects.items(read("N,n\n1,2\n")))
                .containsExactly(strings("N", "1").with(Item.of("n", SampleItems.number("2"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void aLineWithAnotherNumberOfCellsIsInvalidInEveryPlace(int at) {
        for (String bad : List.of("1\n", "1,2,3\n")) {
            List<ImportRecord> records = read("a,c\n" + "1,2\n".repeat(at) + bad + "1,2\n".repeat(4 - at));
            assertThat(records).hasSize(5);
            for (ImportRecord record : records) {
                assertThat(record instanceof Invalid).isEqualTo(record.index() == at);
            }
            assertThat(message(records.get(at))).endsWith("but the header has 2 columns");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,a\n1,2\n", "a,\n1,2\n", ",\n", "\"a\n1,2"})
    void aHeaderThatIsNoneMakesTheObjectUnreadable(String text) {
        assertThat(read(text)).hasSize(1).first().isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"open,2\n3,4\n", "\"x\"y,2\n3,4\n"})
    void quotesThatBreakTheRulesEndTheObject(String rest) {
        List<ImportRecord> records = read("a,c\n1,2\n" + rest);
        assertThat(records.getFirst()).isInstanceOf(Valid.class);
        assertThat(records.getLast()).isInstanceOf(Unreadable.class);
        assertThat(records).hasSize(2);
    }

    @Test
    void textThatIsNoUtf8EndsTheObjectThere() {
        byte[] object = "a,c\n1,2\n3,4\n\u00ff,6\n7,8\n".getBytes(ISO_8859_1);
        List<ImportRecord> records = Objects.records(object, COMMA);
        assertThat(records).hasSize(3);
        assertThat(Objects.items(records.subList(0, 2)))
                .containsExactly(strings("a", "1", "c", "2"), strings("a", "3", "c", "4"));
        assertThat(records.getLast()).isInstanceOf(Unreadable.class);
    }

    @Test
    void textOfSeveralBytesIsReadAcrossBuffers() {
        String cell = "\u20ac\ud83d\ude00\u00e9".repeat(20_000);
        for (int shift = 0; shift < 4; shift++) {
            String shifted = "x".repeat(shift) + cell;
            assertThat(Objects.items(read("a\n" + shifted + "\n"))).containsExactly(strings("a", shifted));
        }
    }

    @Test
    void aCellOfAnItemThatIsTooLargeIsAnInvalidRecord() {
        List<ImportRecord> records = read("a\n" + "x".repeat(409_599) + "\n" + "x".repeat(409_600) + "\n1\n");
        assertThat(records.get(0)).isInstanceOf(Valid.class);
        assertThat(message(records.get(1))).isEqualTo("Item size has exceeded the maximum allowed size");
        assertThat(records.get(2)).isInstanceOf(Valid.class);
    }

    @Test
    void aReaderContinuesBehindTheRecordsThatWereProcessed() {
        byte[] object = "a,c\n1,2\n3\n\n4,5\n6,7\n".getBytes(UTF_8);
        List<ImportRecord> all = Objects.records(object, COMMA);
        assertThat(all).hasSize(4);
        for (int skip = 0; skip <= 4; skip++) {
            assertThat(Objects.records(object, COMMA, Compression.NONE, skip)).isEqualTo(all.subList(skip, 4));
        }
    }
}
