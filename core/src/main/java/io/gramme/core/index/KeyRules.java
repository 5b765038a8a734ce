package io.gramme.core.index;

import io.gramme.core.bytes.Utf8;
import io.gramme.core.error.Errors;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Map;

/** The service's rules for values that are part of a key. */
public final class KeyRules {
    public static final int MAX_PARTITION_KEY = 2_048;
    public static final int MAX_SORT_KEY = 1_024;

    private KeyRules() {}

    /**
     * Whether a value is valid in an index key: of the declared type, not empty, not too long for its part of the key.
     */
    public static boolean fits(KeySchema key, KeyAttribute attribute, Value value) {
        return attribute.type() == value.type() && size(value) > 0 && size(value) <= limit(key, attribute);
    }

    private static int limit(KeySchema key, KeyAttribute attribute) {
        return key.partition().contains(attribute) ? MAX_PARTITION_KEY : MAX_SORT_KEY;
    }

    /** Checks a Key parameter: exactly the attributes of the schema. */
    public static void requireKey(KeySchema schema, Item key) {
        List<KeyAttribute> attributes = schema.attributes();
        if (key.attributes().size() != attributes.size()) {
            throw Errors.keyDoesNotMatchSchema();
        }
        for (KeyAttribute attribute : attributes) {
            if (!key.has(attribute.name())) {
                throw Errors.keyDoesNotMatchSchema();
            }
        }
        requireSizes(schema, key);
        for (KeyAttribute attribute : attributes) {
            if (key.get(attribute.name()).orElseThrow().type() != attribute.type()) {
                throw Errors.keyDoesNotMatchSchema();
            }
        }
    }

    /** Checks that an item has a complete primary key. */
    public static void requireKeyIn(KeySchema schema, Item item) {
        // An empty value is refused before the table is read, a wrong type only when the item is written (measured for
        // transactions, where the one refuses the request and the other cancels it).
        requireSizes(schema, item);
        for (KeyAttribute attribute : schema.attributes()) {
            Value value = item.get(attribute.name()).orElseThrow(() -> Errors.missingKey(attribute.name()));
            if (value.type() != attribute.type()) {
                throw Errors.keyTypeMismatch(attribute.name(), attribute.type(), value.type());
            }
        }
    }

    /** Checks the attributes that exist and have their type: neither empty nor too long. */
    private static void requireSizes(KeySchema schema, Item item) {
        for (KeyAttribute attribute : schema.attributes()) {
            Value value = item.get(attribute.name()).orElse(null);
            if (value == null || value.type() != attribute.type()) {
                continue;
            }
            if (isEmpty(value)) {
                throw Errors.emptyKey(attribute.name(), attribute.type());
            }
            boolean partition = schema.partition().contains(attribute);
            int limit = partition ? MAX_PARTITION_KEY : MAX_SORT_KEY;
            if (size(value) > limit) {
                throw Errors.keyTooLong(partition, limit);
            }
        }
    }

    /**
     * Checks a whole item that is put: each of its attributes that is part of an index's key must have the declared
     * type.
     */
    public static void requireIndexKeysIn(Index index, Item item) {
        for (KeyAttribute attribute : index.key().attributes()) {
            Value value = item.get(attribute.name()).orElse(null);
            if (value == null) {
                continue;
            }
            if (value.type() != attribute.type()) {
                throw Errors.indexKeyTypeMismatch(attribute.name(), attribute.type(), value.type(), index.name());
            }
            if (isEmpty(value)) {
                throw Errors.emptyIndexKey(attribute.name(), attribute.type(), index.name());
            }
            requireIndexKeySize(index, attribute, value);
        }
    }

    /**
     * Checks values that an update assigns literally to whole attributes: the service words a wrong type as for a put
     * item. For computed values see {@link #requireIndexKeysAfterUpdate}.
     */
    public static void requireIndexKeyTypes(Index index, Map<String, Value> given) {
        for (KeyAttribute attribute : index.key().attributes()) {
            Value value = given.get(attribute.name());
            if (value != null && value.type() != attribute.type()) {
                throw Errors.indexKeyTypeMismatch(attribute.name(), attribute.type(), value.type(), index.name());
            }
        }
    }

    /** The same for the result of an update, which the service words differently. */
    public static void requireIndexKeysAfterUpdate(Index index, Item item) {
        for (KeyAttribute attribute : index.key().attributes()) {
            Value value = item.get(attribute.name()).orElse(null);
            if (value == null) {
                continue;
            }
            if (value.type() != attribute.type()) {
                throw Errors.updatedIndexKeyTypeMismatch();
            }
            if (isEmpty(value)) {
                throw Errors.updatedIndexKeyEmpty(attribute.type());
            }
            requireIndexKeySize(index, attribute, value);
        }
    }

    private static void requireIndexKeySize(Index index, KeyAttribute attribute, Value value) {
        int limit = limit(index.key(), attribute);
        if (size(value) > limit) {
            throw Errors.indexKeyTooLong(attribute.name(), size(value), limit, index.name());
        }
    }

    private static boolean isEmpty(Value value) {
        return size(value) == 0;
    }

    private static int size(Value value) {
        return switch (value) {
            case Value.S(String text) -> Utf8.length(text);
            case Value.B(var bytes) -> bytes.length();
            case Value.N _ -> 1;
            case Value.SS _, Value.NS _, Value.BS _, Value.Bool _, Value.Null _, Value.L _, Value.M _ ->
                throw new IllegalStateException("no key type: " + value.type());
        };
    }
}
