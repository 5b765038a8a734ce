package io.gramme.server.operation;

import io.gramme.api.Projection;
import io.gramme.api.ProjectionType;
import io.gramme.core.error.SchemaErrors;
import io.gramme.core.index.IndexProjection;
import io.gramme.tables.table.SecondaryIndex;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Conversion of index projections from requests and to descriptions. */
final class IndexProjections {
    /** The limit over all indexes of a table; an attribute counts once for each index that projects it. */
    private static final int MOST_NON_KEY_ATTRIBUTES = 100;

    private IndexProjections() {}

    static IndexProjection of(Projection given) {
        ProjectionType type = given.projectionType().orElseThrow(SchemaErrors::unknownProjection);
        if (type != ProjectionType.INCLUDE && given.nonKeyAttributes().isPresent()) {
            throw SchemaErrors.projectionWithAttributes(type.wire());
        }
        return switch (type) {
            case ALL -> new IndexProjection.All();
            case KEYS_ONLY -> new IndexProjection.KeysOnly();
            case INCLUDE -> include(given.nonKeyAttributes().orElseThrow(SchemaErrors::projectionWithoutAttributes));
        };
    }

    private static IndexProjection include(List<String> names) {
        var seen = new HashSet<String>();
        names.stream().filter(name -> !seen.add(name)).findFirst().ifPresent(name -> {
            throw SchemaErrors.duplicateNonKeyAttribute(name);
        });
        return new IndexProjection.Include(names);
    }

    static void requireFew(Collection<SecondaryIndex> indexes) {
        int sum = indexes.stream()
                .mapToInt(index -> switch (index.index().projection()) {
                    case IndexProjection.Include(List<String> names) -> names.size();
                    case IndexProjection.All _, IndexProjection.KeysOnly _ -> 0;
                })
                .sum();
        if (sum > MOST_NON_KEY_ATTRIBUTES) {
            throw SchemaErrors.tooManyNonKeyAttributes();
        }
    }

    /** The service shows the attributes sorted by name. */
    static Projection shown(IndexProjection projection) {
        var shown = Projection.builder();
        return switch (projection) {
            case IndexProjection.All _ ->
                shown.projectionType(ProjectionType.ALL).build();
            case IndexProjection.KeysOnly _ ->
                shown.projectionType(ProjectionType.KEYS_ONLY).build();
            case IndexProjection.Include(List<String> names) ->
                shown.projectionType(ProjectionType.INCLUDE)
                        .nonKeyAttributes(names.stream().sorted().toList())
                        .build();
        };
    }
}
