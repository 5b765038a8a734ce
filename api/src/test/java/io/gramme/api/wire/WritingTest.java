package io.gramme.api.wire;

import static io.gramme.api.wire.OperationTest.written;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.api.BatchGetItemOutput;
import io.gramme.api.ConsumedCapacity;
import io.gramme.api.GetItemOutput;
import io.gramme.api.Operations;
import io.gramme.api.PointInTimeRecoveryDescription;
import io.gramme.api.PointInTimeRecoveryStatus;
import io.gramme.api.ScanOutput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonGenerator;

class WritingTest {
    @Test
    void membersAreWrittenInTheOrderOfTheModelAndAbsentOnesLeftOut() {
        var output = GetItemOutput.builder()
                .item(Item.EMPTY)
                .consumedCapacity(ConsumedCapacity.builder()
                        .tableName("t")
                        .capacityUnits(0.5)
                        .build())
                .build();

        assertThat(written(Operations.GET_ITEM, output))
                .isEqualTo("{\"ConsumedCapacity\":{\"CapacityUnits\":0.5,\"TableName\":\"t\"},\"Item\":{}}");
    }

    @Test
    void anItemIsWrittenFromItsStoredFormAsFromItsValues() {
        var text = new Value.S("\"\\/\n\t\u0001\u007f\u00e9\u20ac\uffff\ud83d\ude00");
        var attributes = new LinkedHashMap<String, Value>();
        attributes.put("na\"me\u00e9", text);
        attributes.put("long", new Value.S("x".repeat(9_000) + "\n\u20ac".repeat(5_000)));
        attributes.put("number", new Value.N(Decimal.of(-12)));
        attributes.put("bytes", new Value.B(Bytes.utf8("abcd")));
        attributes.put("flags", new Value.L(List.of(Value.Bool.TRUE, Value.Bool.FALSE, Value.Null.NULL)));
        attributes.put(
                "sets",
                new Value.L(List.of(
                        new Value.SS(List.of("b", "a\"")),
                        new Value.NS(List.of(Decimal.of(2), Decimal.of(1))),
                        new Value.BS(List.of(Bytes.utf8("b"), Bytes.EMPTY)))));
        attributes.put("map", new Value.M(Map.of("in", new Value.M(Map.of("deep", new Value.L(List.of(text)))))));
        attributes.put("empty", new Value.L(List.of(new Value.M(Map.of()), new Value.L(List.of()), new Value.S(""))));
        Item item = Item.of(attributes);
        Item stored = Item.stored(ItemCodec.encode(item));

        assertThat(written(
                        Operations.GET_ITEM,
                        GetItemOutput.builder().item(stored).build()))
                .isEqualTo(written(
                        Operations.GET_ITEM, GetItemOutput.builder().item(item).build()));
    }

    @Test
    void wholeDoublesKeepTheirFraction() {
        assertThat(json(
                        ConsumedCapacity.SHAPE,
                        ConsumedCapacity.builder().capacityUnits(1.0).build()))
                .isEqualTo("{\"CapacityUnits\":1.0}");
    }

    @Test
    void anEmptyListIsNotAnAbsentOne() {
        assertThat(written(
                        Operations.SCAN,
                        ScanOutput.builder().items(List.of()).count(0).build()))
                .isEqualTo("{\"Count\":0,\"Items\":[]}");
    }

    @Test
    void timestampsAreSecondsWithAFractionWhereThereIsOne() {
        var description = PointInTimeRecoveryDescription.builder()
                .earliestRestorableDateTime(Instant.ofEpochMilli(1_700_000_000_123L))
                .latestRestorableDateTime(Instant.ofEpochSecond(1_700_000_000L))
                .pointInTimeRecoveryStatus(PointInTimeRecoveryStatus.ENABLED)
                .build();

        assertThat(json(PointInTimeRecoveryDescription.SHAPE, description))
                .isEqualTo("{\"EarliestRestorableDateTime\":1700000000.123,"
                        + "\"LatestRestorableDateTime\":1700000000,\"PointInTimeRecoveryStatus\":\"ENABLED\"}");
    }

    @Test
    void everyTypeOfValueHasItsForm() {
        var attributes = new LinkedHashMap<String, Value>();
        attributes.put("s", new Value.S("a/\"é"));
        attributes.put("n", new Value.N(Decimal.parse("-1.5e3")));
        attributes.put("b", new Value.B(Bytes.of(255)));
        attributes.put("bool", Value.Bool.TRUE);
        attributes.put("null", Value.Null.NULL);
        attributes.put("ss", new Value.SS(List.of("b", "a")));
        attributes.put("ns", new Value.NS(List.of(Decimal.of(2), Decimal.of(1))));
        attributes.put("bs", new Value.BS(List.of(Bytes.of(0))));
        attributes.put("l", new Value.L(List.of(new Value.S(""), new Value.L(List.of()))));
        attributes.put("m", new Value.M(Map.of("x", Value.Bool.FALSE)));

        var sink = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(sink)) {
            ValueJson.write(out, Item.of(attributes));
        }

        assertThat(sink.toString(StandardCharsets.UTF_8))
                .isEqualTo("{\"s\":{\"S\":\"a/\\\"é\"},\"n\":{\"N\":\"-1500\"},\"b\":{\"B\":\"/w==\"},"
                        + "\"bool\":{\"BOOL\":true},\"null\":{\"NULL\":true},\"ss\":{\"SS\":[\"a\",\"b\"]},"
                        + "\"ns\":{\"NS\":[\"1\",\"2\"]},\"bs\":{\"BS\":[\"AA==\"]},"
                        + "\"l\":{\"L\":[{\"S\":\"\"},{\"L\":[]}]},\"m\":{\"M\":{\"x\":{\"BOOL\":false}}}}");
    }

    @Test
    void recordsCopyTheirCollectionsAndKeepTheirOrder() {
        var responses = new LinkedHashMap<String, List<Item>>();
        responses.put("z", List.of());
        responses.put("a", List.of());
        var output = BatchGetItemOutput.builder().responses(responses).build();
        responses.clear();

        assertThat(written(Operations.BATCH_GET_ITEM, output)).isEqualTo("{\"Responses\":{\"z\":[],\"a\":[]}}");
        assertThat(output.toBuilder().build()).isEqualTo(output);
    }

    private static <T> String json(Structure<T> structure, T record) {
        var sink = new ByteArrayOutputStream();
        try (JsonGenerator out = Json.generator(sink)) {
            structure.write(out, record);
        }
        return sink.toString(StandardCharsets.UTF_8);
    }
}
