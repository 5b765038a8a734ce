package io.gramme.microbenchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.api.GetItemInput;
import io.gramme.api.GetItemOutput;
import io.gramme.api.Operations;
import io.gramme.api.PutItemInput;
import io.gramme.api.wire.Parsed;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.ExpressionKind;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyCodec;
import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JMH benchmarks of the parts of a request: reading it, keys and items to bytes and back, a condition, the answer. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Pieces {
    private static final int USUAL_ANSWER = 1 << 11;

    /** The size of the largest attribute, in bytes. */
    @Param({"100", "1000", "40000"})
    public int size;

    private Item item = Item.EMPTY;
    private Bytes code = Bytes.EMPTY;
    private byte[] getRequest = {};
    private byte[] putRequest = {};
    private Condition condition = new Condition.Exists(Path.of("p"));

    @Setup
    public void prepare() {
        String filling = "x".repeat(size);
        var attributes = new LinkedHashMap<String, Value>();
        attributes.put("p", new Value.S("p0001"));
        attributes.put("s", new Value.S("s001"));
        attributes.put("n", new Value.N(Decimal.of(1)));
        attributes.put("d", new Value.S(filling));
        item = Item.of(attributes);
        code = ItemCodec.encode(item);
        String key = "\"p\":{\"S\":\"p0001\"},\"s\":{\"S\":\"s001\"}";
        getRequest = ("{\"TableName\":\"items\",\"Key\":{" + key + "}}").getBytes(UTF_8);
        putRequest = ("{\"TableName\":\"items\",\"Item\":{" + key + ",\"n\":{\"N\":\"1\"},\"d\":{\"S\":\"" + filling
                        + "\"}}}")
                .getBytes(UTF_8);
        condition = Expressions.condition(
                ExpressionKind.CONDITION,
                "attribute_exists(p) AND n = :one",
                new Placeholders(Optional.empty(), Optional.of(Map.of(":one", new Value.N(Decimal.of(1))))));
    }

    @Benchmark
    public Parsed<GetItemInput> readGetItem() {
        return Operations.GET_ITEM.read(getRequest);
    }

    @Benchmark
    public Parsed<PutItemInput> readPutItem() {
        return Operations.PUT_ITEM.read(putRequest);
    }

    @Benchmark
    public Bytes encodeKey() {
        return KeyCodec.inside(new Value.S("p0001"));
    }

    @Benchmark
    public Bytes encodeItem() {
        return ItemCodec.encode(item);
    }

    @Benchmark
    public Item decodeItem() {
        return ItemCodec.decode(code);
    }

    @Benchmark
    public int measureStoredItem() {
        return ItemSize.of(Item.stored(code));
    }

    @Benchmark
    public boolean evaluateCondition() {
        return condition.matches(item);
    }

    @Benchmark
    public int writeAnswer() {
        return write(item);
    }

    @Benchmark
    public int writeAnswerFromStoredItem() {
        return write(Item.stored(code));
    }

    private static int write(Item answered) {
        var sink = new ByteArrayOutputStream(USUAL_ANSWER);
        Operations.GET_ITEM.write(GetItemOutput.builder().item(answered).build(), sink);
        return sink.size();
    }
}
