package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.IndexModel;
import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Random requests that read many items. */
final class ReadRequests {
    private final Luck luck;
    private final Values values;
    private final LegacyParameters legacy;
    private final ItemRequests items;

    ReadRequests(Luck luck, Values values, ItemRequests items) {
        this.luck = luck;
        this.values = values;
        this.legacy = new LegacyParameters(luck, values);
        this.items = items;
    }

    Move query(TableModel table) {
        ObjectNode request = Json.object("TableName", table.name());
        Optional<IndexModel> index = index(table, request);
        List<KeyAttribute> hash = index.map(IndexModel::hash).orElse(List.of(table.hash()));
        List<KeyAttribute> range =
                index.map(IndexModel::range).orElse(table.range().stream().toList());
        List<String> filterable = without(ItemRequests.attributes(table), hash, range);
        if (luck.chance(88)) {
            var placeholders = new Placeholders(luck);
            var expressions = new Expressions(luck, values, placeholders, filterable);
            request.put("KeyConditionExpression", expressions.keyCondition(hash, range));
            filterAndProject(table, index, expressions, request);
            placeholders.addTo(request);
        } else {
            legacy.keyConditions(hash, range, request);
            legacyFilter("QueryFilter", readable(index, filterable), request);
        }
        common(table, index, request);
        if (luck.chance(40)) {
            request.put("ScanIndexForward", luck.chance(30));
        }
        return new Move("Query", request);
    }

    Move scan(TableModel table) {
        ObjectNode request = Json.object("TableName", table.name());
        Optional<IndexModel> index = index(table, request);
        if (luck.chance(88)) {
            var placeholders = new Placeholders(luck);
            var expressions = new Expressions(luck, values, placeholders, ItemRequests.attributes(table));
            filterAndProject(table, index, expressions, request);
            placeholders.addTo(request);
        } else {
            legacyFilter("ScanFilter", readable(index, ItemRequests.attributes(table)), request);
        }
        common(table, index, request);
        if (luck.chance(10)) {
            int segments = luck.between(1, 4);
            request.put("Segment", luck.below(segments)).put("TotalSegments", segments);
        }
        return new Move("Scan", request);
    }

    private static List<String> without(List<String> attributes, List<KeyAttribute> hash, List<KeyAttribute> range) {
        List<String> keys = Stream.concat(hash.stream(), range.stream())
                .map(KeyAttribute::name)
                .toList();
        return attributes.stream().filter(name -> !keys.contains(name)).toList();
    }

    private Optional<IndexModel> index(TableModel table, ObjectNode request) {
        if (table.indexes().isEmpty() || luck.chance(45)) {
            return Optional.empty();
        }
        IndexModel index = luck.of(table.indexes());
        request.put("IndexName", index.name());
        return Optional.of(index);
    }

    /** Those of the attributes that an index projects, and rarely others. */
    private List<String> readable(Optional<IndexModel> index, List<String> attributes) {
        if (index.isEmpty() || index.get().projection().equals("ALL") || luck.chance(8)) {
            return attributes;
        }
        List<String> carried = attributes.stream()
                .filter(name -> index.get().nonKey().contains(name))
                .toList();
        return carried.isEmpty() ? attributes : carried;
    }

    private void filterAndProject(
            TableModel table, Optional<IndexModel> index, Expressions expressions, ObjectNode request) {
        if (luck.chance(30)) {
            request.put("FilterExpression", expressions.condition(luck.below(3)));
        }
        if (luck.chance(25)) {
            request.put(
                    "ProjectionExpression", expressions.projection(readable(index, ItemRequests.attributes(table))));
            if (luck.chance(20)) {
                request.put("Select", "SPECIFIC_ATTRIBUTES");
            }
        } else if (luck.chance(25)) {
            request.put(
                    "Select",
                    luck.of("COUNT", "ALL_ATTRIBUTES", index.isPresent() ? "ALL_PROJECTED_ATTRIBUTES" : "COUNT"));
        }
    }

    private void legacyFilter(String parameter, List<String> attributes, ObjectNode request) {
        if (luck.chance(50)) {
            legacy.filter(parameter, attributes, request);
        }
        if (luck.chance(20)) {
            luck.some(attributes, luck.between(1, 3)).forEach(request.putArray("AttributesToGet")::add);
        }
    }

    private void common(TableModel table, Optional<IndexModel> index, ObjectNode request) {
        if (luck.chance(25)) {
            request.put("Limit", luck.between(1, 5));
        }
        if (luck.chance(20) && (index.isEmpty() || index.get().local() || luck.chance(10))) {
            request.put("ConsistentRead", luck.chance(70));
        }
        if (luck.chance(4)) {
            ObjectNode start = request.putObject("ExclusiveStartKey");
            table.position(index).forEach(attribute -> start.set(attribute.name(), values.key(attribute)));
        }
        items.capacity(request);
    }
}
