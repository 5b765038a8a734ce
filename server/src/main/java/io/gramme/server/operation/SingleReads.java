package io.gramme.server.operation;

import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Projection;
import io.gramme.core.identity.Caller;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.partiql.KeyPlan;
import io.gramme.core.partiql.Statement;
import io.gramme.tables.access.Action;
import io.gramme.tables.access.Terms;
import io.gramme.tables.item.Intent;
import io.gramme.tables.item.KeyPaths;
import io.gramme.tables.table.Table;
import java.util.Optional;

/** Statements that read one item by its key, for batches and transactions. */
final class SingleReads {
    private SingleReads() {}

    /** @param terms of the request, without what the statement says */
    static Intent intent(Caller caller, Statement.Select select, Terms terms) {
        return Intent.of(
                        caller,
                        Action.PARTIQL_SELECT,
                        select.projection().map(Projection::attributes),
                        select.where().map(Condition::attributes))
                .under(() -> RequestTerms.of(terms, select, Optional.empty()).fullTableScan(false));
    }

    static void requireFits(Table table, Statement.Select select, KeyPlan.One one) {
        select.projection().ifPresent(projection -> KeyPaths.requireScalar(table, projection.paths()));
        KeyRules.requireKey(table.key(), one.key());
    }

    /**
     * The selected attributes of an item, in their nested places: only ExecuteStatement makes columns of them. (Not
     * captured.)
     */
    static Optional<Item> shown(Optional<Item> item, Statement.Select select) {
        return Projections.of(item, select.projection().map(columns -> Projection.of(columns.paths())));
    }
}
