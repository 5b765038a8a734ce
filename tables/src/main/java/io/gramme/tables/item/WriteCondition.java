package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import io.gramme.core.expression.Condition;
import io.gramme.core.item.Item;
import io.gramme.tables.table.Table;
import java.util.Optional;
import java.util.Set;

/**
 * The condition that the stored item must satisfy for an action to be applied.
 *
 * @param showsItem whether the error shows the stored item
 */
public record WriteCondition(Optional<Condition> condition, boolean showsItem) {
    /** The condition that every item satisfies. */
    public static final WriteCondition NONE = new WriteCondition(Optional.empty(), false);

    /** The top-level attributes that the condition names. */
    Set<String> attributes() {
        return condition.map(Condition::attributes).orElse(Set.of());
    }

    /** Validates the condition against a table, independently of any item. */
    void requireFits(Table table) {
        condition.ifPresent(bound -> KeyPaths.requireScalar(table, bound.paths()));
    }

    /** Throws unless the stored item satisfies the condition; a missing item has no attributes. */
    void require(Optional<Item> stored) {
        if (condition.isEmpty() || condition.get().matches(stored.orElse(Item.EMPTY))) {
            return;
        }
        ApiException failure = Errors.conditionFailed();
        throw showsItem && stored.isPresent() ? failure.withItem(stored.get()) : failure;
    }
}
