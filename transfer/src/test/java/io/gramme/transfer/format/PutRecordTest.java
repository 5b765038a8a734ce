package io.gramme.transfer.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.transfer.format.ImportRecord.Conditional;
import io.gramme.transfer.format.ImportRecord.Invalid;
import io.gramme.transfer.format.ImportRecord.Valid;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Records that may have a condition beside their item. */
class PutRecordTest {
    private static final Item ITEM = Item.of("pk", new Value.S("a"));
    private static final RecordCondition CONDITION = new RecordCondition(
            Optional.of("#v < :v"), Optional.of(Map.of("#v", "version")), Optional.of(Map.of(":v", new Value.S("2"))));

    @Test
    void aLineOfJsonMayHaveACondition() {
        List<ImportRecord> records = read(new InputFormat.DynamoDbJson(), """
                {"Item":{"pk":{"S":"a"}}}
                {"Item":{"pk":{"S":"a"}},"ConditionExpression":"#v < :v","ExpressionAttributeNames":{"#v":"version"},\
                "ExpressionAttributeValues":{":v":{"S":"2"}}}
                {"Item":{"pk":{"S":"a"}},"ConditionExpression":7}
                {"ConditionExpression":"attribute_exists(pk)"}
                """);
        assertThat(records.subList(0, 2)).containsExactly(new Valid(0, ITEM), new Conditional(1, ITEM, CONDITION));
        assertThat(records.subList(2, 4)).hasOnlyElementsOfType(Invalid.class);
    }

    @Test
    void anIonStructMayHaveACondition() {
        List<ImportRecord> records = read(new InputFormat.Ion(), """
                {Item:{pk:"a"}}
                {Item:{pk:"a"},ConditionExpression:"#v < :v",ExpressionAttributeNames:{'#v':"version"},\
                ExpressionAttributeValues:{':v':"2"}}
                {Item:{pk:"a"},ConditionExpression:7}
                {Item:{pk:"a"},ExpressionAttributeNames:{'#v':7}}
                {Item:{pk:"a"}}
                """);
        assertThat(records.subList(0, 2)).containsExactly(new Valid(0, ITEM), new Conditional(1, ITEM, CONDITION));
        assertThat(records.subList(2, 4)).hasOnlyElementsOfType(Invalid.class);
        assertThat(records.getLast()).isEqualTo(new Valid(4, ITEM));
    }

    private static List<ImportRecord> read(InputFormat format, String text) {
        var records = new ArrayList<ImportRecord>();
        var content = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (ItemReader reader = ItemReader.open(content, format, RecordKind.PUT, Compression.NONE, 0)) {
            for (Optional<ImportRecord> next = reader.next(); next.isPresent(); next = reader.next()) {
                records.add(next.get());
            }
        }
        return records;
    }
}
