package io.gramme.server.operation;

import io.gramme.api.ParameterizedStatement;
import io.gramme.api.TransactWriteItem;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A digest that tells apart two requests of one idempotency token. It covers what a transaction does, and not the form
 * of its answer. The order of members in JSON does not matter, since many clients write them in any order.
 */
final class Fingerprint {
    private final MessageDigest digest;

    private Fingerprint() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static Bytes of(List<TransactWriteItem> actions) {
        var print = new Fingerprint();
        actions.forEach(print::add);
        return print.finish();
    }

    static Bytes ofStatements(List<ParameterizedStatement> statements) {
        var print = new Fingerprint();
        for (ParameterizedStatement statement : statements) {
            print.add(statement.statement());
            List<Value> parameters = statement.parameters().orElse(List.of());
            print.add(parameters.size());
            parameters.forEach(print::add);
        }
        return print.finish();
    }

    private void add(TransactWriteItem action) {
        action.put().ifPresent(put -> {
            add("put", put.tableName());
            add(put.item());
            add(put.conditionExpression(), put.expressionAttributeNames(), put.expressionAttributeValues());
        });
        action.update().ifPresent(update -> {
            add("update", update.tableName());
            add(update.key());
            add(update.updateExpression());
            add(update.conditionExpression(), update.expressionAttributeNames(), update.expressionAttributeValues());
        });
        action.delete().ifPresent(delete -> {
            add("delete", delete.tableName());
            add(delete.key());
            add(delete.conditionExpression(), delete.expressionAttributeNames(), delete.expressionAttributeValues());
        });
        action.conditionCheck().ifPresent(check -> {
            add("check", check.tableName());
            add(check.key());
            add(
                    Optional.of(check.conditionExpression()),
                    check.expressionAttributeNames(),
                    check.expressionAttributeValues());
        });
    }

    private void add(
            Optional<String> condition, Optional<Map<String, String>> names, Optional<Map<String, Value>> values) {
        add(condition.orElse(""));
        Map<String, String> sortedNames = new TreeMap<>(names.orElse(Map.of()));
        add(sortedNames.size());
        sortedNames.forEach(this::add);
        add(Item.of(values.orElse(Map.of())));
    }

    private void add(String first, String second) {
        add(first);
        add(second);
    }

    private void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    private void add(Item item) {
        Map<String, Value> sorted = new TreeMap<>(item.attributes());
        add(sorted.size());
        sorted.forEach((name, value) -> {
            add(name);
            add(value);
        });
    }

    private void add(Value value) {
        add(ItemCodec.encode(Item.of("", canonical(value))).toArray());
    }

    /** The value with the attributes of every map in a canonical order; sets have one already. */
    private static Value canonical(Value value) {
        return switch (value) {
            case Value.M(var entries) -> {
                var sorted = new TreeMap<String, Value>();
                entries.forEach((name, inner) -> sorted.put(name, canonical(inner)));
                yield new Value.M(sorted);
            }
            case Value.L(var elements) ->
                new Value.L(elements.stream().map(Fingerprint::canonical).toList());
            case Value.S _, Value.N _, Value.B _, Value.SS _, Value.NS _, Value.BS _, Value.Bool _, Value.Null _ ->
                value;
        };
    }

    private void add(int number) {
        digest.update(Bytes.ofInt(number).shared());
    }

    private void add(byte[] bytes) {
        add(bytes.length);
        digest.update(bytes);
    }

    private Bytes finish() {
        return Bytes.wrap(digest.digest());
    }
}
