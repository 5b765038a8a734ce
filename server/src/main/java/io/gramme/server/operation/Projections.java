package io.gramme.server.operation;

import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.core.item.Item;
import java.util.List;
import java.util.Optional;

/** Which attributes a read by key shows, in either of the two forms to say so. */
final class Projections {
    private Projections() {}

    /** The projection that a request states, if any; the two forms must not be given both. */
    static Optional<Projection> bind(
            Optional<String> expression, Optional<List<String>> attributesToGet, Placeholders placeholders) {
        var parameters = new Parameters()
                .legacy("AttributesToGet", attributesToGet)
                .expression("ProjectionExpression", expression);
        parameters.requireOneKind();
        placeholders.check(parameters.anyExpression());
        Optional<Projection> projection = expression
                .map(text -> Expressions.projection(text, placeholders))
                .or(() -> attributesToGet.map(Legacy::attributesToGet));
        placeholders.requireAllUsed();
        return projection;
    }

    static Optional<Item> of(Optional<Item> item, Optional<Projection> projection) {
        return projection.isEmpty() ? item : item.map(projection.get()::of);
    }
}
