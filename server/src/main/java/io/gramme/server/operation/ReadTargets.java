package io.gramme.server.operation;

import io.gramme.api.Select;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.index.KeyRules;
import io.gramme.core.item.Item;
import io.gramme.core.key.KeySchema;
import io.gramme.storage.Consistency;
import io.gramme.tables.item.KeyPaths;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of a query or a scan against the table or index that it reads. */
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

    /** Rejects paths that lead inside a key attribute of the table or of any of its indexes. */
    static void requireKeysScalar(Table table, ReadParameters.Bound read) {
        read.filter().ifPresent(filter -> KeyPaths.requireScalar(table, filter.paths()));
        read.projection().ifPresent(projection -> KeyPaths.requireScalar(table, projection.paths()));
    }

    /** Rejects a filter on attributes that the target does not have. */
    static void requireFilterProjected(ReadTarget target, ReadParameters.Bound read) {
        List<String> missing = missing(target, read.filter().stream().flatMap(filter -> filter.attributes().stream()));
        if (!missing.isEmpty()) {
            throw ParameterErrors.filterNotProjected(
                    target.index().orElseThrow().name(), missing);
        }
    }

    /** Rejects a projection of attributes that a global index does not have; a local one fetches them. */
    static void requireProjected(ReadTarget target, ReadParameters.Bound read) {
        if (target.carriesAll() || !target.isGlobal()) {
            return;
        }
        String index = target.index().orElseThrow().name();
        if (read.select().filter(Select.ALL_ATTRIBUTES::equals).isPresent()) {
            throw ParameterErrors.allAttributesNotInIndex(index);
        }
        List<String> missing =
                missing(target, read.projection().stream().flatMap(projection -> projection.attributes().stream()));
        if (!missing.isEmpty()) {
            throw ParameterErrors.notProjected(index, missing);
        }
    }

    private static List<String> missing(ReadTarget target, Stream<String> attributes) {
        return attributes.filter(attribute -> !target.carries(attribute)).toList();
    }

    /** Rejects a filter on the key attributes of a query's target. */
    static void requireFilterOffKey(ReadTarget target, ReadParameters.Bound read) {
        read.filter().ifPresent(filter -> {
            for (String attribute : filter.attributes()) {
                if (target.key().attribute(attribute).isPresent()) {
                    throw ParameterErrors.filterOnKey(read.filterParameter(), attribute);
                }
            }
        });
    }

    /**
     * Rejects an ExclusiveStartKey unless it has exactly the attributes of a position in the target, each of its type.
     */
    static void requireStartKey(ReadTarget target, Item start) {
        List<String> names = target.positionNames();
        if (start.attributes().size() != names.size()
                || !names.stream().allMatch(start::has)
                || !hasTypes(start, target.table().key())
                || !hasTypes(start, target.key())) {
            throw ParameterErrors.invalidStartingKey();
        }
        requireTableKey(target, start.only(target.table().key().names()));
        if (target.index().isPresent()
                && !target.key().attributes().stream()
                        .allMatch(attribute -> KeyRules.fits(
                                target.key(),
                                attribute,
                                start.get(attribute.name()).orElseThrow()))) {
            throw ParameterErrors.invalidStartingKey();
        }
    }

    /** Measured: only a Scan of a table says what is wrong with the key. */
    static void requireScanStartKey(ReadTarget target, Item start) {
        if (target.index().isEmpty()) {
            requireTableKey(target, start);
        } else {
            requireStartKey(target, start);
        }
    }

    private static boolean hasTypes(Item start, KeySchema key) {
        return key.attributes().stream()
                .allMatch(attribute -> start.get(attribute.name()).orElseThrow().type() == attribute.type());
    }

    private static void requireTableKey(ReadTarget target, Item key) {
        try {
            KeyRules.requireKey(target.table().key(), key);
        } catch (ApiException e) {
            throw ParameterErrors.invalidStartingKey(e);
        }
    }
}
