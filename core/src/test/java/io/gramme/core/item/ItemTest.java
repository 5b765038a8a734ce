package io.gramme.core.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.bytes.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ItemTest {

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void anItemReadsBackFromItsBytes(long seed) {
        Item item = new RandomValues(seed).item(4);
        assertThat(ItemCodec.decode(ItemCodec.encode(item))).isEqualTo(item);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void anItemInItsStoredFormIsTheSameAndAsLarge(long seed) {
        Item item = new RandomValues(seed).item(4);
        Item stored = Item.stored(ItemCodec.encode(item));
        assertThat(ItemSize.of(stored)).isEqualTo(ItemSize.of(item));
        item.attributes().forEach((name, value) -> assertThat(stored.get(name)).contains(value));
        assertThat(stored).isEqualTo(item).hasSameHashCodeAs(item);
        assertThat(ItemSize.of(stored)).isEqualTo(ItemSize.of(item));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void theLengthOfAnEncodingIsKnownBeforeIt(long seed) {
        Item item = new RandomValues(seed).item(4);
        assertThat(ItemCodec.attributesLength(item.attributes()) + ItemCodec.ATTRIBUTES)
                .isEqualTo(ItemCodec.encode(item).length());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("io.gramme.core.item.Seeds#some")
    void anItemInItsStoredFormEqualsWhatItEqualsDecoded(long seed) {
        var random = new RandomValues(seed);
        Item item = random.item(4);
        Item other = changed(item, random);
        assertThat(Item.stored(ItemCodec.encode(item)).equals(other)).isEqualTo(item.equals(other));
        assertThat(other.equals(Item.stored(ItemCodec.encode(item)))).isEqualTo(item.equals(other));
        assertThat(Item.stored(ItemCodec.encode(other)).equals(Item.stored(ItemCodec.encode(item))))
                .isEqualTo(item.equals(other));
    }

    /** One attribute has another value, or the value in another order. */
    private static Item changed(Item item, RandomValues random) {
        var attributes = new LinkedHashMap<>(item.attributes());
        List<String> names = List.copyOf(attributes.keySet());
        if (!names.isEmpty()) {
            String name = names.get(random.below(names.size()));
            attributes.put(name, changed(item.get(name).orElseThrow(), random));
        }
        return Item.of(attributes);
    }

    private static Value changed(Value value, RandomValues random) {
        return switch (value) {
            case Value.M(var entries)
            when entries.size() > 1 -> {
                var backwards = new LinkedHashMap<String, Value>();
                List.copyOf(entries.keySet()).reversed().forEach(name -> backwards.put(name, entries.get(name)));
                yield new Value.M(backwards);
            }
            case Value.L(var elements)
            when !elements.isEmpty() -> {
                var others = new ArrayList<>(elements);
                others.set(others.size() - 1, changed(others.getLast(), random));
                yield new Value.L(others);
            }
            case Value.S(var text) -> new Value.S(random.below(2) == 0 ? text : text + "a");
            default -> random.value(1);
        };
    }

    @Test
    void theOrderOfAttributesDoesNotCountInTheStoredForm() {
        var forwards = new LinkedHashMap<String, Value>();
        var backwards = new LinkedHashMap<String, Value>();
        for (String name : List.of("a", "b", "c")) {
            forwards.put(name, new Value.S(name));
            backwards.putFirst(name, new Value.S(name));
        }
        Item stored = Item.stored(ItemCodec.encode(Item.of(forwards)));
        assertThat(Item.of(backwards)).isEqualTo(stored);
        backwards.put("c", new Value.S("d"));
        assertThat(Item.of(backwards)).isNotEqualTo(stored);
    }

    @Test
    void containersInContainersAreMeasuredInTheirStoredForm() {
        Value inner = new Value.L(List.of(
                new Value.M(Map.of("a", Value.Null.NULL, "b", new Value.SS(List.of("x", "yz")))),
                new Value.L(List.of()),
                new Value.NS(List.of(Decimal.of(7))),
                new Value.B(Bytes.utf8("abc"))));
        Item item = Item.of("outer", new Value.M(Map.of("inner", inner, "last", Value.Bool.TRUE)));
        assertThat(ItemSize.of(Item.stored(ItemCodec.encode(item)))).isEqualTo(ItemSize.of(item));
    }

    @Test
    void equalSetsAreEqualWhateverTheirOrder() {
        assertThat(new Value.SS(List.of("b", "a"))).isEqualTo(new Value.SS(List.of("a", "b")));
        assertThat(new Value.NS(List.of(Decimal.of(2), Decimal.of(1))))
                .isEqualTo(new Value.NS(List.of(Decimal.of(1), Decimal.of(2))));
    }

    @Test
    void attributesKeepTheOrderTheyWereGivenIn() {
        var attributes = new LinkedHashMap<String, Value>();
        for (String name : List.of("z", "a", "m")) {
            attributes.put(name, Value.Null.NULL);
        }
        Item item = ItemCodec.decode(ItemCodec.encode(Item.of(attributes)));
        assertThat(item.attributes().keySet()).containsExactly("z", "a", "m");
    }

    @Test
    void sizesFollowTheServicesRules() {
        assertThat(ItemSize.of(new Value.S("h\u00e9"))).isEqualTo(3);
        assertThat(ItemSize.of(new Value.B(Bytes.utf8("abc")))).isEqualTo(3);
        assertThat(ItemSize.of(Value.Bool.TRUE)).isEqualTo(1);
        assertThat(ItemSize.of(Value.Null.NULL)).isEqualTo(1);
        assertThat(ItemSize.of(new Value.L(List.of()))).isEqualTo(3);
        assertThat(ItemSize.of(new Value.L(List.of(new Value.S("ab"), Value.Bool.TRUE))))
                .isEqualTo(3 + (1 + 2) + (1 + 1));
        assertThat(ItemSize.of(new Value.M(Map.of("key", new Value.S("ab"))))).isEqualTo(3 + 1 + 3 + 2);
        assertThat(ItemSize.of(new Value.SS(List.of("a", "bc")))).isEqualTo(3);
        assertThat(ItemSize.of(Item.of("name", new Value.S("value")))).isEqualTo(9);
    }

    @Test
    void depthCountsTheAttributeAsLevelOne() {
        assertThat(ItemSize.depth(new Value.S("x"))).isEqualTo(1);
        assertThat(ItemSize.depth(new Value.L(List.of(new Value.M(Map.of("a", new Value.S("x")))))))
                .isEqualTo(3);
    }

    @Test
    void aPathDescendsThroughMapsAndLists() {
        Item item = Item.of("a", new Value.M(Map.of("b", new Value.L(List.of(new Value.S("x"), new Value.S("y"))))));
        var path = new Path("a", List.of(new Path.Field("b"), new Path.Index(1)));
        assertThat(path.in(item)).contains(new Value.S("y"));
        assertThat(new Path("a", List.of(new Path.Index(0))).in(item)).isEmpty();
        assertThat(new Path("a", List.of(new Path.Field("b"), new Path.Index(2))).in(item))
                .isEmpty();
        assertThat(Path.of("z").in(item)).isEmpty();
    }
}
