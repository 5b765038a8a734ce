package io.gramme.server.operation;

import io.gramme.api.KeySchemaElement;
import io.gramme.api.KeyType;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.HashSet;
import java.util.List;

/**
 * Validation and conversion of key schemas in requests: first the HASH elements, then the RANGE elements. A table and a
 * local index have one HASH and at most one RANGE element, a global index up to four of each. The order of checks was
 * measured.
 */
final class KeySchemas {
    private static final int MOST_OF_A_TYPE = 4;

    private KeySchemas() {}

    /**
     * @param path of the schema in the request, in the older syntax: {@code localSecondaryIndexes.1.member.keySchema}
     */
    static void requireShort(String path, List<KeySchemaElement> elements) {
        if (elements.size() > 2) {
            List<String> shown = elements.stream()
                    .map(element -> SchemaErrors.keyElement(
                            element.attributeName(), element.keyType().wire()))
                    .toList();
            throw SchemaErrors.keyTooLong(path, shown);
        }
    }

    static KeySchema ofTable(List<KeySchemaElement> elements, Definitions definitions) {
        List<String> names = names(elements);
        boolean undefined = !definitions.hasAll(names);
        if (definitions.attributes().size() < names.size() || (undefined && names.size() == 2)) {
            throw SchemaErrors.keyWithoutDefinition();
        }
        requireNamed(names, definitions);
        requireHashThenRange(elements);
        return schema(elements, definitions);
    }

    static KeySchema ofLocalIndex(
            String index, List<KeySchemaElement> elements, KeySchema table, Definitions definitions) {
        List<String> names = names(elements);
        requireNamed(names, definitions);
        requireHashThenRange(elements);
        if (elements.size() < 2) {
            throw SchemaErrors.indexWithoutRangeKey(index);
        }
        String tableHash = table.partition().getFirst().name();
        if (!names.getFirst().equals(tableHash)) {
            throw SchemaErrors.otherHashKey(index, names.getFirst(), tableHash);
        }
        return schema(elements, definitions);
    }

    static KeySchema ofGlobalIndex(List<KeySchemaElement> elements, Definitions definitions) {
        List<String> names = names(elements);
        requireNamed(names, definitions);
        if (new HashSet<>(names).size() < names.size()) {
            throw SchemaErrors.repeatedKeyAttribute();
        }
        if (elements.getFirst().keyType() != KeyType.HASH) {
            throw SchemaErrors.firstIsNotHash();
        }
        boolean range = false;
        for (KeySchemaElement element : elements) {
            if (range && element.keyType() == KeyType.HASH) {
                throw SchemaErrors.hashAfterRange();
            }
            range = element.keyType() == KeyType.RANGE;
        }
        KeySchema schema = schema(elements, definitions);
        if (schema.partition().size() > MOST_OF_A_TYPE) {
            throw SchemaErrors.tooManyKeyAttributes(KeyType.HASH.wire());
        }
        if (schema.sort().size() > MOST_OF_A_TYPE) {
            throw SchemaErrors.tooManyKeyAttributes(KeyType.RANGE.wire());
        }
        return schema;
    }

    static void requireDefined(List<KeySchemaElement> elements, Definitions definitions) {
        requireNamed(names(elements), definitions);
    }

    private static void requireNamed(List<String> names, Definitions definitions) {
        if (!definitions.hasAll(names)) {
            throw SchemaErrors.keysNotDefined(names, definitions.names());
        }
    }

    private static void requireHashThenRange(List<KeySchemaElement> elements) {
        KeySchemaElement first = elements.getFirst();
        KeySchemaElement last = elements.getLast();
        if (elements.size() == 2 && first.attributeName().equals(last.attributeName())) {
            throw SchemaErrors.sameHashAndRange();
        }
        if (first.keyType() != KeyType.HASH) {
            throw SchemaErrors.firstIsNotHash();
        }
        if (elements.size() == 2 && last.keyType() != KeyType.RANGE) {
            throw SchemaErrors.secondIsNotRange();
        }
    }

    private static List<String> names(List<KeySchemaElement> elements) {
        return elements.stream().map(KeySchemaElement::attributeName).toList();
    }

    private static KeySchema schema(List<KeySchemaElement> elements, Definitions definitions) {
        return new KeySchema(
                attributes(elements, KeyType.HASH, definitions), attributes(elements, KeyType.RANGE, definitions));
    }

    private static List<KeyAttribute> attributes(
            List<KeySchemaElement> elements, KeyType type, Definitions definitions) {
        return elements.stream()
                .filter(element -> element.keyType() == type)
                .map(element -> definitions.find(element.attributeName()).orElseThrow())
                .toList();
    }
}
