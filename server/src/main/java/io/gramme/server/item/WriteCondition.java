package io.gramme.server.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import io.gramme.core.expression.Condition;
import io.gramme.core.item.Item;
import io.gramme.server.table.Table;
import java.util.Optional;

/**
 * What must hold of the stored item, lest an action be refused.
 *
 * @param showsItem whether the refusal shows the stored item
 */
public record WriteCondition(Optional<Condition> condition, boolean showsItem) {
    /** Lets everything pass. */
    public static final WriteCondition NONE = new WriteCondition(Optional.empty(), false);

    /** Checks the condition against a table, without regard to any item. */
    void requireFits(Table table) {
        condition.ifPresent(bound -> KeyPaths.requireScalar(table, bound.paths()));
    }

    /** Lets a write go on only if the condition holds for the stored item; a missing item has no attributes. */
    void require(Optional<Item> stored) {
        if (condition.isEmpty() || condition.get().matches(stored.orElse(Item.EMPTY))) {
            return;
        }
        ApiException failure = Errors.conditionFailed();
        throw showsItem && stored.isPresent() ? failure.withItem(stored.get()) : failure;
    }
}
