package io.gramme.server.operation;

import io.gramme.api.Select;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.key.KeyAttribute;
import io.gramme.core.key.KeySchema;
import io.gramme.server.item.KeyPaths;
import io.gramme.server.item.ReadTarget;
import io.gramme.server.table.SecondaryIndex;
import io.gramme.server.table.Table;
import io.gramme.storage.Consistency;
import java.util.List;
import java.util.Optional;

/** Checks of a query or a scan against the table or index that it reads. */
final class ReadTargets {
    private ReadTargets() {}

    static ReadTarget of(Table table, Optional<String> indexName, Consistency consistency) {
        if (indexName.isEmpty()) {
            return new ReadTarget(table, Optional.empty());
        }
        SecondaryIndex index =
                table.index(indexName.get()).orElseThrow(() -> ParameterErrors.noSuchIndex(indexName.get()));
        if (!index.isLocal() && consistency == Consistency.STRONG) {
            throw ParameterErrors.consistentReadOfGlobalIndex();
        }
        if (!index.isReadable()) {
            throw index.isMaintained()
                    ? ParameterErrors.indexBackfilling(index.name())
                    : ParameterErrors.noSuchIndex(index.name());
        }
        return new ReadTarget(table, Optional.of(index));
    }

    /** Checks that what is to be shown and filtered by can be had from the target. */
    static void requireProjected(ReadTarget target, ReadParameters.Bound read) {
        read.projection().ifPresent(projection -> KeyPaths.requireScalar(target.table(), projection.paths()));
        read.filter().ifPresent(filter -> KeyPaths.requireScalar(target.table(), filter.paths()));
        if (target.carriesAll()) {
            return;
        }
        SecondaryIndex index = target.index().orElseThrow();
        if (!index.isLocal()) {
            if (read.select().filter(Select.ALL_ATTRIBUTES::equals).isPresent()) {
                throw ParameterErrors.allAttributesNotInIndex(index.name());
            }
            List<String> missing = read.projection().stream()
                    .flatMap(projection -> projection.attributes().stream())
                    .filter(attribute -> !target.carries(attribute))
                    .toList();
            if (!missing.isEmpty()) {
                throw ParameterErrors.notProjected(index.name(), missing);
            }
        }
        List<String> unfiltered = read.filter().stream()
                .flatMap(filter -> filter.attributes().stream())
                .filter(attribute -> !target.carries(attribute))
                .toList();
        if (!unfiltered.isEmpty()) {
            throw ParameterErrors.filterNotProjected(index.name(), unfiltered);
        }
    }

    /** A query's filter must leave alone the key that is queried by. */
    static void requireFilterOffKey(ReadTarget target, ReadParameters.Bound read) {
        read.filter().ifPresent(filter -> {
            for (String attribute : filter.attributes()) {
                if (target.key().attribute(attribute).isPresent()) {
                    throw ParameterErrors.filterOnKey(read.filterParameter(), attribute);
                }
            }
        });
    }

    /** An ExclusiveStartKey has just the attributes that name a place in the target, each of its type. */
    static void requireStartKey(ReadTarget target, Item start) {
        KeySchema table = target.table().key();
        List<String> names = target.positionNames();
        if (start.attributes().size() != names.size() || !names.stream().allMatch(start::has)) {
            throw ParameterErrors.invalidStartingKey();
        }
        try {
            KeyRules.requireKey(table, start.only(table.names()));
        } catch (ApiException e) {
            throw ParameterErrors.invalidStartingKey(e);
        }
        if (target.index().isPresent()) {
            for (KeyAttribute attribute : target.key().attributes()) {
                if (!KeyRules.fits(attribute, start.get(attribute.name()).orElseThrow())) {
                    throw ParameterErrors.invalidStartingKey();
                }
            }
        }
    }
}
