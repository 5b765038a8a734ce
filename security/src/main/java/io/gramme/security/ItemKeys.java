package io.gramme.security;

import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.security.policy.ConditionContext;
import io.gramme.tables.access.Access.Touch;
import io.gramme.tables.access.Terms;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** The keys of conditions about the items that a request touches; anything else is in {@code others}. */
record ItemKeys(Touch touch, ConditionContext others) implements ConditionContext {

    @Override
    public Optional<List<String>> values(String key) {
        if (!key.startsWith("dynamodb:")) {
            return others.values(key);
        }
        Terms terms = touch.terms().get();
        return switch (key) {
            case "dynamodb:leadingkeys", "dynamodb:firstpartitionkeyvalues" -> partitionKey(0);
            case "dynamodb:secondpartitionkeyvalues" -> partitionKey(1);
            case "dynamodb:thirdpartitionkeyvalues" -> partitionKey(2);
            case "dynamodb:fourthpartitionkeyvalues" -> partitionKey(3);
            case "dynamodb:attributes" ->
                Optional.of(List.copyOf(touch.attributes().get()));
            case "dynamodb:select" -> terms.select().map(List::of);
            case "dynamodb:returnvalues" -> terms.returnValues().map(List::of);
            case "dynamodb:returnconsumedcapacity" ->
                terms.returnConsumedCapacity().map(List::of);
            case "dynamodb:enclosingoperation" -> terms.enclosingOperation().map(List::of);
            case "dynamodb:fulltablescan" -> terms.fullTableScan().map(value -> List.of(Boolean.toString(value)));
            default -> others.values(key);
        };
    }

    /** The values of one attribute of the partition key; absent for a request that may read all partitions. */
    private Optional<List<String>> partitionKey(int position) {
        KeySchema key = touch.index()
                .map(index -> index.index().key())
                .orElseGet(() -> touch.table().key());
        List<KeyAttribute> attributes = key.partition();
        if (touch.keys().isEmpty() || position >= attributes.size()) {
            return Optional.empty();
        }
        String name = attributes.get(position).name();
        return Optional.of(touch.keys().stream()
                .flatMap(item -> value(item, name).stream())
                .map(ItemKeys::text)
                .distinct()
                .toList());
    }

    private static Optional<Value> value(Item item, String name) {
        return Optional.ofNullable(item.attributes().get(name));
    }

    private static String text(Value value) {
        return switch (value) {
            case Value.S(String text) -> text;
            case Value.N(var number) -> number.toString();
            case Value.B(var bytes) -> Base64.getEncoder().encodeToString(bytes.shared());
            default -> "";
        };
    }
}
