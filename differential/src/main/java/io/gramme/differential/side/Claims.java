package io.gramme.differential.side;

import io.gramme.differential.generate.Move;
import io.gramme.differential.generate.TableModel;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which requests a contestant claims to understand; others are not sent to either side. */
public interface Claims {
    Claims ALL = new Claims() {};

    default boolean include(Move move) {
        return true;
    }

    /** What is left of a table: without the indexes that are not claimed. */
    default TableModel limit(TableModel table) {
        return table;
    }

    /** What both claim. */
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
     * Some operations, with some parameters.
     *
     * @param operations all that are claimed
     * @param unknown parameters of these operations that are not
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

        /** Neither are keys of several attributes. */
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
