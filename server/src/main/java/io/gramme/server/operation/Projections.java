package io.gramme.server.operation;

import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.expression.legacy.Legacy;
import io.gramme.core.item.Item;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The attributes that a read by key returns, in either of the two forms of the request, not yet validated. */
record Projections(Optional<String> expression, Optional<List<String>> attributesToGet, Placeholders placeholders) {

    /** Rejects a mixture of the two forms, even between the reads of different tables. */
    static void requireOneKind(Collection<Projections> reads) {
        new Parameters()
                .legacy("AttributesToGet", first(reads.stream().map(Projections::attributesToGet)))
                .expression("ProjectionExpression", first(reads.stream().map(Projections::expression)))
                .requireOneKind();
    }

    private static <T> Optional<T> first(Stream<Optional<T>> given) {
        return given.flatMap(Optional::stream).findFirst();
    }

    Optional<Projection> bind() {
        placeholders.check(expression.isPresent());
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
