package io.gramme.transfer.format;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.transfer.bucket.BucketException;
import io.gramme.transfer.format.ImportRecord.Conditional;
import io.gramme.transfer.format.ImportRecord.Invalid;
import io.gramme.transfer.format.ImportRecord.Unreadable;
import io.gramme.transfer.format.ImportRecord.Valid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of bad records and damaged objects of JSON and Ion. */
class ItemReaderTest {
    private static String line(int i) {
        return "{\"Item\":{\"pk\":{\"N\":\"" + i + "\"}}}\n";
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(ItemReaderTest::line).collect(Collectors.joining());
    }

    private static List<ImportRecord> json(String text) {
        return Objects.records(text.getBytes(UTF_8), Objects.JSON);
    }

    private static List<ImportRecord> ion(String text) {
        return Objects.records(text.getBytes(UTF_8), Objects.ION);
    }

    /** One letter for each record: v, i or u. */
    private static String outcome(List<ImportRecord> records) {
        assertThat(records)
                .extracting(ImportRecord::index)
                .isEqualTo(IntStream.range(0, records.size())
                        .mapToObj(i -> (long) i)
                        .toList());
        return records.stream()
                .map(record -> switch (record) {
                    case Valid _ -> "v";
                    case Conditional _ -> "c";
                    case Invalid _ -> "i";
                    case Unreadable _ -> "u";
                })
                .collect(Collectors.joining());
    }

    private static String message(List<ImportRecord> records) {
        return switch (records.getLast()) {
            case Valid valid -> throw new AssertionError(valid);
            case Conditional conditional -> throw new AssertionError(conditional);
            case Invalid(long _, String message) -> message;
            case Unreadable(long _, String message) -> message;
        };
    }

    @Test
    void aLineThatIsNoJsonEndsItsObject() {
        // The outcome that was captured: of 10 lines, 6 processed, 5 imported, 1 error.
        assertThat(outcome(json(lines(0, 5) + "not json\n" + lines(6, 10)))).isEqualTo("vvvvvu");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void anInvalidLineIsOneErrorInEveryPlace(int at) {
        String bad = "{\"Item\":{\"pk\":{\"N\":\"x\"}}}\n";
        String expected = "v".repeat(at) + "i" + "v".repeat(9 - at);
        assertThat(outcome(json(lines(0, at) + bad + lines(at, 9)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9})
    void anUnreadableLineIsTheLastInEveryPlace(int at) {
        assertThat(outcome(json(lines(0, at) + "{\n" + lines(at, 9)))).isEqualTo("v".repeat(at) + "u");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "}",
                "x",
                "{\"Item\":{}}{\"Item\":{}}",
                "[{\"Item\":{}}]",
                "\"Item\"",
                "5",
                "{\"Item\":{}},",
                "{\"Item\":{\"a\":{\"S\":\"\\ud800\"}}}",
                "{\"Item\":{\"a\":{\"S\":\"\t\"}}}",
                "{'Item':{}}",
                "\0",
                "\u001f\u008b"
            })
    void whatIsNoObjectOfJsonIsUnreadable(String line) {
        assertThat(outcome(json(line + "\n" + line(1)))).isEqualTo("u");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | 1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null",
                "{\"pk\":{\"S\":\"a\"}} | 1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null",
                "{\"Item\":null} | 1 validation error detected: Value null at 'item' failed to satisfy constraint: Member must not be null",
                "{\"Item\":[]} | Start of list found where not expected",
                "{\"Item\":5} | Unexpected field type",
                "{\"Item\":{\"a\":\"b\"}} | Unexpected field type",
                "{\"Item\":{\"a\":{\"S\":5}}} | NUMBER_VALUE cannot be converted to String",
                "{\"Item\":{\"a\":{\"B\":\"x\"}}} | Base64 encoded length is expected a multiple of 4 bytes but found: 1",
                "{\"Item\":{\"a\":{}}} | Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{\"Item\":{\"a\":{\"S\":\"\",\"N\":\"1\"}}} | Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "{\"Item\":{\"a\":{\"SS\":[]}}} | One or more parameter values were invalid: An string set  may not be empty",
                "{\"Item\":{\"a\":{\"NS\":[\"1\",\"1.0\"]}}} | One or more parameter values were invalid: Input collection contains duplicates.",
                "{\"Item\":{\"a\":{\"N\":\"1e126\"}}} | Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{\"Item\":{\"a\":{\"N\":\"123456789012345678901234567890123456789\"}}} | Attempting to store more than 38 significant digits in a Number",
                "{\"Item\":{\"\":{\"S\":\"a\"}}} | Empty attribute name",
            })
    void anInvalidItemHasTheWordsOfPutItem(String line, String words) {
        List<ImportRecord> records = json(line + "\n" + line(1));
        assertThat(outcome(records)).isEqualTo("iv");
        assertThat(message(records.subList(0, 1))).isEqualTo(words);
    }

    @Test
    void anItemIsNestedThirtyTwoLevelsAtMost() {
        Item most = Item.of("a", SampleItems.nested(ItemSize.MAX_DEPTH));
        Item more = Item.of("a", SampleItems.nested(ItemSize.MAX_DEPTH + 1));
        for (OutputFormat format : OutputFormat.values()) {
            InputFormat input = format == OutputFormat.ION ? Objects.ION : Objects.JSON;
            List<ImportRecord> records = Objects.records(Objects.lines(format, List.of(most, more, most)), input);
            assertThat(outcome(records)).isEqualTo("viv");
            assertThat(message(records.subList(1, 2))).startsWith("Nesting Levels have exceeded supported limits:");
        }
    }

    @Test
    void anItemHasFourHundredKilobytesAtMost() {
        Item most = SampleItems.largest();
        Item more = most.with(Item.of("b", Value.Bool.TRUE));
        for (OutputFormat format : OutputFormat.values()) {
            InputFormat input = format == OutputFormat.ION ? Objects.ION : Objects.JSON;
            List<ImportRecord> records = Objects.records(Objects.lines(format, List.of(most, more, most)), input);
            assertThat(outcome(records)).isEqualTo("viv");
            assertThat(message(records.subList(1, 2))).isEqualTo("Item size has exceeded the maximum allowed size");
        }
    }

    /** The item whose JSON is the longest for its size: numbers of two bytes with 132 digits. */
    @Test
    @Tag("slow")
    void theLongestLineOfAValidItemIsRead() {
        Value small = SampleItems.number("1e-130");
        Item item = Item.of("a", new Value.L(Collections.nCopies(136_530, small)));
        assertThat(ItemSize.of(item)).isBetween(ItemSize.MAX_ITEM - 10, ItemSize.MAX_ITEM);
        byte[] line = Objects.lines(OutputFormat.DYNAMODB_JSON, List.of(item));
        assertThat(line.length).isBetween(ItemReader.MAX_RECORD / 2, ItemReader.MAX_RECORD);
        assertThat(Objects.items(Objects.records(line, Objects.JSON))).containsExactly(item);
    }

    @Test
    void aLineThatIsTooLongIsReadPast() {
        var ends =
                new ByteArrayInputStream[] {bytes(line(0) + "{\"Item\":{\"a\":{\"S\":\""), bytes("\"}}}\n" + line(2))};
        var records = new ArrayList<ImportRecord>();
        try (ItemReader reader = ItemReader.open(
                new SequenceInputStream(
                        new SequenceInputStream(ends[0], repeated('x', 4L * ItemReader.MAX_RECORD)), ends[1]),
                Objects.JSON,
                Compression.NONE,
                0)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
            assertThat(reader.storedBytes()).isGreaterThan(4L * ItemReader.MAX_RECORD);
        }
        assertThat(outcome(records)).isEqualTo("viv");
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream repeated(char c, long count) {
        return new InputStream() {
            private long left = count;

            @Override
            public int read() {
                return left-- > 0 ? c : -1;
            }

            @Override
            public int read(byte[] target, int from, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(length, left);
                Arrays.fill(target, from, from + read, (byte) c);
                left -= read;
                return read;
            }
        };
    }

    @Test
    @Tag("slow")
    void ionThatIsTooLongEndsTheObject() {
        for (String start : List.of("{Item:{a:\"", "/*", "{Item:{a:[", "'")) {
            var content =
                    new SequenceInputStream(bytes("{Item:{}} " + start), repeated(' ', 4L * ItemReader.MAX_RECORD));
            try (ItemReader reader = ItemReader.open(content, Objects.ION, Compression.NONE, 0)) {
                assertThat(reader.next().orElseThrow()).isInstanceOf(Valid.class);
                assertThat(reader.next().orElseThrow()).isInstanceOf(Unreadable.class);
                assertThat(reader.next()).isEmpty();
                assertThat(reader.storedBytes()).isLessThan(2L * ItemReader.MAX_RECORD);
            }
        }
    }

    @Test
    void blankLinesAndMarksAndWindowsEndsAreNoRecords() {
        String text = "\ufeff" + line(0).replace("\n", "\r\n") + "\r\n  \n\n" + line(1).trim();
        assertThat(outcome(json(text))).isEqualTo("vv");
        assertThat(json("")).isEmpty();
        assertThat(json("\n")).isEmpty();
    }

    @Test
    void aReaderContinuesBehindTheRecordsThatWereProcessed() {
        byte[] object = (lines(0, 3) + "{\"Item\":1}\n" + lines(4, 6) + "broken\n" + lines(7, 9)).getBytes(UTF_8);
        List<ImportRecord> all = Objects.records(object, Objects.JSON);
        assertThat(outcome(all)).isEqualTo("vvvivvu");
        for (int skip = 0; skip <= 6; skip++) {
            assertThat(Objects.records(object, Objects.JSON, Compression.NONE, skip))
                    .isEqualTo(all.subList(skip, all.size()));
        }
    }

    @Test
    void aReaderOfIonContinuesBehindTheRecordsThatWereProcessed() {
        for (String text : List.of(
                "{Item:{a:1}} 5 [{Item:{a:2}},{Item:{a:3}}] {Item:{a:4}}",
                "[{Item:{a:1}},5,{Item:{a:2}}] {Item:{a:3}}")) {
            List<ImportRecord> all = ion(text);
            for (int skip = 0; skip <= all.size(); skip++) {
                assertThat(Objects.records(text.getBytes(UTF_8), Objects.ION, Compression.NONE, skip))
                        .isEqualTo(all.subList(skip, all.size()));
            }
        }
    }

    @Test
    void ionIsAValueAfterTheOtherOrAList() {
        assertThat(outcome(ion("$ion_1_0 {Item:{a:1}}\n$ion_1_0 {Item:{a:2.}}")))
                .isEqualTo("vv");
        assertThat(outcome(ion("[{Item:{a:1}},{Item:{a:2}}]"))).isEqualTo("vv");
        assertThat(outcome(ion("[{Item:{a:1}}] [] {Item:{a:2}}"))).isEqualTo("vv");
        assertThat(ion("")).isEmpty();
        assertThat(ion("[]")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "5",
                "null",
                "null.struct",
                "{}",
                "{Item:5}",
                "{Item:null}",
                "{Item:[]}",
                "{a:1}",
                "{Item:{a:1e0}}",
                "{Item:{a:nan}}",
                "{Item:{a:2026-01-01T}}",
                "{Item:{a:symbol}}",
                "{Item:{a:(1)}}",
                "{Item:{a:{{\"clob\"}}}}",
                "{Item:{a:null.string}}",
                "{Item:{a:$dynamodb_SS::[]}}",
                "{Item:{a:$dynamodb_SS::[1]}}",
                "{Item:{a:$dynamodb_NS::[1,1.0]}}",
                "{Item:{a:$dynamodb_NS::[\"1\"]}}",
                "{Item:{a:$dynamodb_BS::[{{}},{{}}]}}",
                "{Item:{a:$dynamodb_SS::[null]}}",
                "{Item:{a:1d126}}",
                "{Item:{a:1d2000000000}}",
                "{Item:{a:1d-131}}",
                "{Item:{a:123456789012345678901234567890123456789}}",
                "{Item:{'':1}}",
                "(1 2)",
                "\"text\"",
                "[[{Item:{}}]]"
            })
    void anInvalidValueOfIonIsOneError(String value) {
        String expected = value.startsWith("[") ? "iv" : "viv";
        String before = value.startsWith("[") ? "" : "{Item:{}} ";
        assertThat(outcome(ion(before + value + " {Item:{a:{b:[1,{c:2}]}}}"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{Item:{a:}}", "{Item:{a:1}", "]", "{Item:{$99:1}}", "\"open", "{Item:{a:1} }}"})
    void whatIsNoIonEndsItsObject(String text) {
        assertThat(outcome(ion("{Item:{}} " + text + " {Item:{}}")))
                .startsWith("v")
                .endsWith("u")
                .hasSizeLessThan(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a:", "(", "a::", "{Item:{a:[", "{Item:{a:{b:"})
    void valuesThatAreNestedWithoutEndAreRefused(String opening) {
        String last = opening.substring(Math.max(0, opening.length() - 3));
        String text = "{Item:{}} " + opening + (last.equals("a:[") ? "[" : last).repeat(200_000);
        assertThat(outcome(ion(text))).startsWith("v").endsWith("u");
        String deep = "{\"Item\":{\"a\":" + "{\"L\":[".repeat(100_000);
        assertThat(outcome(json(line(0) + deep))).isEqualTo("vu");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void aCutObjectEndsWhereItWasCut(Compression compression) throws IOException {
        List<Item> items = SampleItems.random(1, 2_000);
        byte[] object = Objects.compressed(compression, Objects.lines(OutputFormat.DYNAMODB_JSON, items));
        for (int cut : new int[] {1, 3, 10, 30, object.length / 2, object.length - 9, object.length - 1}) {
            List<ImportRecord> records = Objects.records(Arrays.copyOf(object, cut), Objects.JSON, compression, 0);
            assertThat(records.getLast()).isInstanceOf(Unreadable.class);
            List<ImportRecord> sound = records.subList(0, records.size() - 1);
            assertThat(Objects.items(sound)).isEqualTo(items.subList(0, sound.size()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void anotherCompressionThanTheObjectsIsOneError(Compression compression) throws IOException {
        byte[] plain = lines(0, 9).getBytes(UTF_8);
        assertThat(outcome(Objects.records(plain, Objects.JSON, compression, 0)))
                .isEqualTo("u");
        byte[] object = Objects.compressed(compression, plain);
        assertThat(outcome(Objects.records(object, Objects.JSON, Compression.NONE, 0)))
                .isEqualTo("u");
        // The first byte of ZSTD opens a list of Ion, which is no item.
        assertThat(outcome(Objects.records(object, Objects.ION, Compression.NONE, 0)))
                .matches("i?u");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyObjectHasNoRecords(Compression compression) throws IOException {
        for (InputFormat format : List.of(Objects.JSON, Objects.ION)) {
            assertThat(Objects.records(new byte[0], format, compression, 0)).isEmpty();
            assertThat(Objects.records(Objects.compressed(compression, new byte[0]), format, compression, 0))
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void severalCompressedPartsAreOneObject(Compression compression) throws IOException {
        var object = new ByteArrayOutputStream();
        object.write(Objects.compressed(compression, lines(0, 5).getBytes(UTF_8)));
        object.write(Objects.compressed(compression, lines(5, 9).getBytes(UTF_8)));
        // One byte at a time, as from a network: there is never more available than that.
        var slow = new ByteArrayInputStream(object.toByteArray()) {
            @Override
            public synchronized int read(byte[] target, int from, int length) {
                return super.read(target, from, Math.min(1, length));
            }

            @Override
            public synchronized int available() {
                return 0;
            }
        };
        int count = 0;
        try (ItemReader reader = ItemReader.open(slow, Objects.JSON, compression, 0)) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                assertThat(next.get()).isInstanceOf(Valid.class);
                count++;
            }
        }
        assertThat(count).isEqualTo(9);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfTheBucketIsNoDamage(Compression compression) throws IOException {
        byte[] json =
                Objects.compressed(compression, Objects.lines(OutputFormat.DYNAMODB_JSON, SampleItems.random(2, 500)));
        byte[] ion = Objects.compressed(compression, Objects.lines(OutputFormat.ION, SampleItems.random(2, 500)));
        byte[] csv = Objects.compressed(compression, "a,b\n1,2\n".repeat(10_000).getBytes(UTF_8));
        fails(json, Objects.JSON, compression);
        fails(ion, Objects.ION, compression);
        fails(csv, CsvReaderTest.COMMA, compression);
    }

    private static void fails(byte[] object, InputFormat format, Compression compression) {
        for (int good : new int[] {0, 1, object.length / 2}) {
            var failing = new SequenceInputStream(new ByteArrayInputStream(object, 0, good), new InputStream() {
                @Override
                public int read() throws IOException {
                    throw new IOException("connection reset");
                }

                @Override
                public int read(byte[] target, int from, int length) throws IOException {
                    return read();
                }
            });
            assertThatThrownBy(() -> {
                        try (ItemReader reader = ItemReader.open(failing, format, compression, 0)) {
                            while (reader.next().isPresent()) {}
                        }
                    })
                    .isInstanceOf(BucketException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    @Tag("slow")
    void garbageIsNeverAnException(long seed) throws IOException {
        var random = new Random(seed);
        byte[] text = Objects.lines(OutputFormat.ION, SampleItems.random(seed, 5));
        List<byte[]> seeds = List.of(
                text, Objects.binaryIon(text), Objects.lines(OutputFormat.DYNAMODB_JSON, SampleItems.random(seed, 5)));
        List<InputFormat> formats = List.of(Objects.ION, Objects.JSON, CsvReaderTest.COMMA);
        for (int i = 0; i < 400; i++) {
            byte[] object = seeds.get(i % seeds.size()).clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                object[random.nextInt(object.length)] = (byte) random.nextInt(256);
            }
            for (InputFormat format : formats) {
                assertThat(Objects.records(object, format)).isNotNull();
            }
        }
    }

    @Test
    void bytesThatAreNoUtf8AreUnreadable() {
        byte[] object = (line(0) + "{\"Item\":{\"a\":{\"S\":\"\u00ff\"}}}\n" + line(2)).getBytes(ISO_8859_1);
        assertThat(outcome(Objects.records(object, Objects.JSON))).isEqualTo("vu");
    }
}
