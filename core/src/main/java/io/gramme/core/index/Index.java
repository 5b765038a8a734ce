package io.gramme.core.index;

import io.gramme.core.item.Item;
import io.gramme.core.key.KeySchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The definition of a secondary index: it maps an item to its index entry. Pure; other classes decide which rows hold
 * the entries.
 *
 * @param scope whether entries live beside their item or in partitions of the index's own
 */
public record Index(String name, Scope scope, KeySchema key, KeySchema tableKey, IndexProjection projection) {

    public enum Scope {
        LOCAL,
        GLOBAL
    }

    /**
     * The index entry of {@code item}: its projected attributes, or empty where an attribute of the index key is
     * missing. A key attribute of another type than declared counts as missing, and so does an empty or a too long one:
     * such items may be older than the index, and later ones are refused when written.
     */
    public Optional<Item> entry(Item item) {
        boolean complete = key.attributes().stream()
                .allMatch(attribute -> item.get(attribute.name())
                        .filter(value -> KeyRules.fits(key, attribute, value))
                        .isPresent());
        return complete ? Optional.of(projected(item)) : Optional.empty();
    }

    private Item projected(Item item) {
        return switch (projection) {
            case IndexProjection.All() -> item;
            case IndexProjection.KeysOnly() -> item.only(keyNames());
            case IndexProjection.Include(List<String> names) -> {
                var wanted = new LinkedHashSet<>(keyNames());
                wanted.addAll(names);
                yield item.only(wanted);
            }
        };
    }

    /** The attributes that identify an entry: those of the table's key and those of the index's key. */
    public Set<String> keyNames() {
        var names = new LinkedHashSet<>(tableKey.names());
        names.addAll(key.names());
        return names;
    }

    public boolean carries(String attribute) {
        return switch (projection) {
            case IndexProjection.All() -> true;
            case IndexProjection.KeysOnly() -> keyNames().contains(attribute);
            case IndexProjection.Include(List<String> names) ->
                names.contains(attribute) || keyNames().contains(attribute);
        };
    }
}
