package io.gramme.differential.side;

import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The requests that a contestant claims to understand; others are sent to neither side. */
public interface Claims {
    Claims ALL = new Claims() {};

    default boolean include(Move move) {
        return true;
    }

    /** A table without the indexes that are not claimed. */
    default TableModel limit(TableModel table) {
        return table;
    }

    /** The requests that both claim. */
    default Claims and(Claims other) {
        Claims first = this;
        return new Claims() {
            @Override
            public boolean include(Move move) {
                return first.include(move) && other.include(move);
            }

            @Override
            public TableModel limit(TableModel table) {
                return other.limit(first.limit(table));
            }
        };
    }

    /**
     * Claims of some operations, without some parameters.
     *
     * @param operations the claimed operations
     * @param unknown parameters of these operations that are not claimed
     */
    record Some(Set<String> operations, Set<String> unknown) implements Claims {
        public Some {
            operations = Set.copyOf(operations);
            unknown = Set.copyOf(unknown);
        }

        @Override
        public boolean include(Move move) {
            boolean isKnown = move.body().propertyNames().stream().noneMatch(unknown::contains);
            return operations.contains(move.operation()) && isKnown && !hasCompositeIndex(move.body());
        }

        /** Whether an index has a key of several attributes, which is not claimed either. */
        private static boolean hasCompositeIndex(JsonNode body) {
            boolean composite =
                    body.path("GlobalSecondaryIndexes").valueStream().anyMatch(Some::isComposite);
            return composite
                    || body.path("GlobalSecondaryIndexUpdates")
                            .valueStream()
                            .anyMatch(update -> isComposite(update.path("Create")));
        }

        private static boolean isComposite(JsonNode index) {
            List<String> kinds = index.path("KeySchema")
                    .valueStream()
                    .map(element -> element.path("KeyType").asString(""))
                    .toList();
            return Set.copyOf(kinds).size() < kinds.size();
        }

        @Override
        public TableModel limit(TableModel table) {
            return new TableModel(
                    table.name(),
                    table.hash(),
                    table.range(),
                    table.indexes().stream()
                            .filter(index ->
                                    index.hash().size() == 1 && index.range().size() < 2)
                            .toList(),
                    table.provisioned());
        }
    }
}
