package io.gramme.transfer.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written reads back, and is written as the service writes it. */
class FormatRoundTripTest {
    private static final Item KEYS = Item.of("id", new Value.S("a"));
    private static final Item OLD = KEYS.with(Item.of("n", SampleItems.number("1")));
    private static final Item NEW = KEYS.with(Item.of("n", SampleItems.number("2")));

    @ParameterizedTest
    @EnumSource
    void itemsOfAllTypesReadBackFromJson(Compression compression) throws IOException {
        List<Item> items = SampleItems.edges();
        byte[] object = Objects.compressed(compression, Objects.lines(OutputFormat.DYNAMODB_JSON, items));
        assertThat(Objects.items(Objects.records(object, Objects.JSON, compression, 0)))
                .isEqualTo(items);
    }

    @ParameterizedTest
    @EnumSource
    void itemsOfAllTypesReadBackFromIon(Compression compression) throws IOException {
        List<Item> items = SampleItems.edges();
        byte[] text = Objects.lines(OutputFormat.ION, items);
        byte[] object = Objects.compressed(compression, text);
        assertThat(Objects.items(Objects.records(object, Objects.ION, compression, 0)))
                .isEqualTo(items);
        byte[] binary = Objects.compressed(compression, Objects.binaryIon(text));
        assertThat(Objects.items(Objects.records(binary, Objects.ION, compression, 0)))
                .isEqualTo(items);
    }

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void randomItemsReadBack(long seed) {
        List<Item> items = SampleItems.random(seed, 40);
        byte[] json = Objects.lines(OutputFormat.DYNAMODB_JSON, items);
        assertThat(Objects.items(Objects.records(json, Objects.JSON))).isEqualTo(items);
        byte[] ion = Objects.lines(OutputFormat.ION, items);
        assertThat(Objects.items(Objects.records(ion, Objects.ION))).isEqualTo(items);
    }

    @ParameterizedTest
    @EnumSource
    void aStoredItemIsWrittenAsOneOfValues(OutputFormat format) {
        for (Item item : SampleItems.edges()) {
            Item stored = Item.stored(ItemCodec.encode(item));
            assertThat(new String(Objects.lines(format, List.of(stored)), UTF_8))
                    .isEqualTo(new String(Objects.lines(format, List.of(item)), UTF_8));
        }
    }

    @Test
    void aLineOfJsonIsTheServices() {
        assertThat(text(OutputFormat.DYNAMODB_JSON, ordered()))
                .isEqualTo("{\"Item\":{\"id\":{\"S\":\"a\\u0000\u00e9/\"},\"n\":{\"N\":\"600\"},\"b\":{\"B\":\"AQI=\"},"
                        + "\"f\":{\"BOOL\":true},\"z\":{\"NULL\":true},\"ss\":{\"SS\":[\"a\",\"b\"]},"
                        + "\"ns\":{\"NS\":[\"1\",\"2\"]},\"bs\":{\"BS\":[\"AQ==\"]},\"l\":{\"L\":[{\"S\":\"\"}]},"
                        + "\"m\":{\"M\":{\"x y\":{\"N\":\"0.5\"}}}}}\n");
    }

    @Test
    void aLineOfIonIsTheServices() {
        assertThat(text(OutputFormat.ION, ordered()))
                .isEqualTo("$ion_1_0 {Item:{id:\"a\\0\u00e9/\",n:6d2,b:{{AQI=}},f:true,z:null,"
                        + "ss:$dynamodb_SS::[\"a\",\"b\"],ns:$dynamodb_NS::[1.,2.],bs:$dynamodb_BS::[{{AQ==}}],"
                        + "l:[\"\"],m:{'x y':0.5}}}\n");
        assertThat(text(OutputFormat.ION, Item.of("n", SampleItems.number("103"))))
                .isEqualTo("$ion_1_0 {Item:{n:103.}}\n");
        assertThat(text(OutputFormat.ION, Item.of("n", SampleItems.number("1e-130"))))
                .isEqualTo("$ion_1_0 {Item:{n:1d-130}}\n");
    }

    private static Item ordered() {
        var all = new LinkedHashMap<String, Value>();
        all.put("id", new Value.S("a\0\u00e9/"));
        all.put("n", SampleItems.number("600"));
        all.put("b", new Value.B(Bytes.wrap(new byte[] {1, 2})));
        all.put("f", Value.Bool.TRUE);
        all.put("z", Value.Null.NULL);
        all.put("ss", new Value.SS(List.of("b", "a")));
        all.put("ns", new Value.NS(List.of(Decimal.of(2), Decimal.of(1))));
        all.put("bs", new Value.BS(List.of(Bytes.of(1))));
        all.put("l", new Value.L(List.of(new Value.S(""))));
        all.put("m", new Value.M(Map.of("x y", SampleItems.number("0.5"))));
        return Item.of(all);
    }

    private static String text(OutputFormat format, Item item) {
        return new String(Objects.lines(format, List.of(item)), UTF_8);
    }

    private static String text(OutputFormat format, ItemChange change, ExportView view) {
        var content = new ByteArrayOutputStream();
        RecordWriter.of(format, content).write(change, view);
        return content.toString(UTF_8);
    }

    private static ItemChange change(boolean before, boolean after) {
        return new ItemChange(
                KEYS,
                before ? Optional.of(OLD) : Optional.empty(),
                after ? Optional.of(NEW) : Optional.empty(),
                1_684_374_845_117_899L);
    }

    @Test
    void aRecordOfAnUpdateHasBothImages() {
        assertThat(text(OutputFormat.DYNAMODB_JSON, change(true, true), ExportView.NEW_AND_OLD_IMAGES))
                .isEqualTo("{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1684374845117899\"}},"
                        + "\"Keys\":{\"id\":{\"S\":\"a\"}},"
                        + "\"NewImage\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}},"
                        + "\"OldImage\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}\n");
        assertThat(text(OutputFormat.ION, change(true, true), ExportView.NEW_AND_OLD_IMAGES))
                .isEqualTo("$ion_1_0 {Record:{Keys:{id:\"a\"},Metadata:{WriteTimestampMicros:1684374845117899.},"
                        + "OldImage:{id:\"a\",n:1.},NewImage:{id:\"a\",n:2.}}}\n");
    }

    @Test
    void theNewImageAloneLeavesOutTheOldOne() {
        assertThat(text(OutputFormat.DYNAMODB_JSON, change(true, true), ExportView.NEW_IMAGE))
                .endsWith("\"NewImage\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"2\"}}}\n");
        assertThat(text(OutputFormat.ION, change(true, false), ExportView.NEW_IMAGE))
                .isEqualTo("$ion_1_0 {Record:{Keys:{id:\"a\"},Metadata:{WriteTimestampMicros:1684374845117899.}}}\n");
    }

    @ParameterizedTest
    @EnumSource
    void changesReadBack(OutputFormat format) throws Exception {
        var content = new ByteArrayOutputStream();
        RecordWriter writer = RecordWriter.of(format, content);
        List<ItemChange> changes = List.of(change(true, true), change(false, true), change(true, false));
        changes.forEach(change -> writer.write(change, ExportView.NEW_AND_OLD_IMAGES));
        writer.write(change(true, false), ExportView.NEW_IMAGE);
        byte[] file = Objects.compressed(Compression.GZIP, content.toByteArray());
        try (var lines = ExportLines.changes(new ByteArrayInputStream(file), format)) {
            for (ItemChange change : changes) {
                assertThat(lines.next()).contains(change);
            }
            assertThat(lines.next()).contains(change(false, false));
            assertThat(lines.next()).isEmpty();
        }
    }
}
