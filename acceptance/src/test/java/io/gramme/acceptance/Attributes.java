package io.gramme.acceptance;

import static java.util.stream.Collectors.toMap;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The values of items, briefly written and compared as the service compares them. */
final class Attributes {
    private Attributes() {}

    static AttributeValue s(String text) {
        return AttributeValue.fromS(text);
    }

    static AttributeValue n(long number) {
        return AttributeValue.fromN(Long.toString(number));
    }

    static AttributeValue b(byte... bytes) {
        return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
    }

    /** Equal to that of another item if the items are: a set has no order. */
    static Map<String, AttributeValue> unordered(Map<String, AttributeValue> item) {
        return item.entrySet().stream().collect(toMap(Map.Entry::getKey, entry -> unordered(entry.getValue())));
    }

    private static AttributeValue unordered(AttributeValue value) {
        return switch (value.type()) {
            case SS -> AttributeValue.fromSs(value.ss().stream().sorted().toList());
            case NS -> AttributeValue.fromNs(value.ns().stream().sorted().toList());
            case BS ->
                AttributeValue.fromBs(value.bs().stream()
                        .sorted((left, right) -> left.asByteBuffer().compareTo(right.asByteBuffer()))
                        .toList());
            case L ->
                AttributeValue.fromL(
                        value.l().stream().map(Attributes::unordered).toList());
            case M -> AttributeValue.fromM(unordered(value.m()));
            case S, N, B, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> value;
        };
    }

    /** The attributes of these names that an item has. */
    static Map<String, AttributeValue> only(Map<String, AttributeValue> item, Collection<String> names) {
        Set<String> wanted = Set.copyOf(names);
        return item.entrySet().stream()
                .filter(entry -> wanted.contains(entry.getKey()))
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** An attribute that the item is known to have. */
    static AttributeValue get(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), name);
    }

    static boolean hasAll(Map<String, AttributeValue> item, List<String> names) {
        return item.keySet().containsAll(names);
    }
}
