package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Projection;
import io.gramme.core.item.Item;
import java.util.List;
import java.util.Optional;

/** A bound statement, in terms of conditions, updates and projections. Its table has not been looked up yet. */
public sealed interface Statement {
    /** The name of the table. */
    String table();

    /**
     * @param projection absent for {@code *}
     * @param where absent if there is none, or if it is faulty
     * @param orderings as written
     * @param fault the fault of the WHERE clause of a read of an index: an unreadable index is reported first
     */
    record Select(
            String table,
            Optional<String> index,
            Optional<Projection> projection,
            Optional<Condition> where,
            List<Ordering> orderings,
            Optional<ApiException> fault)
            implements Statement {
        public Select {
            orderings = List.copyOf(orderings);
        }

        /** Refuses a faulty WHERE clause. */
        public void requireSound() {
            if (fault.isPresent()) {
                throw fault.get();
            }
        }
    }

    /** An ordering by a key attribute, ascending or descending. */
    record Ordering(String attribute, boolean descending) {}

    /** The test of one item in a transaction. */
    record Exists(Select select) implements Statement {
        @Override
        public String table() {
            return select.table();
        }
    }

    /** A statement that changes one item. */
    sealed interface Write extends Statement {}

    record Insert(String table, Item item) implements Write {}

    record Update(
            String table,
            io.gramme.core.expression.Update update,
            Optional<Condition> where,
            Optional<Returning> returning)
            implements Write {}

    record Delete(String table, Optional<Condition> where, Optional<Returning> returning) implements Write {}
}
