package io.gramme.differential.generate;

import io.gramme.differential.generate.TableModel.IndexModel;
import io.gramme.differential.generate.TableModel.KeyAttribute;
import io.gramme.differential.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The author of a game about tables. It uses few names, so that requests affect the same tables. */
public final class TableRequests {
    /** The percentage of spoilt requests. */
    private static final int SPOILT_PERCENT = 40;

    private static final List<String> VIEWS = List.of("NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY");

    private final Luck luck;
    private final List<String> names;
    private final Tables tables;
    private final TableFaults faults;

    public TableRequests(Luck luck, List<String> names) {
        this.luck = luck;
        this.names = List.copyOf(names);
        this.tables = new Tables(luck);
        this.faults = new TableFaults(luck);
    }

    public Move next() {
        Move move = valid(luck.of(names));
        if (luck.chance(SPOILT_PERCENT)) {
            faults.spoil(move);
        }
        return move;
    }

    private Move valid(String name) {
        return switch (luck.below(20)) {
            case 0, 1, 2, 3, 4, 5 -> create(name);
            case 6, 7 -> new Move("DescribeTable", Json.object("TableName", name));
            case 8 -> new Move("DeleteTable", Json.object("TableName", name));
            case 9 -> list(name);
            case 10 -> new Move("TagResource", arn(name).set("Tags", tags()));
            case 11 ->
                new Move("UntagResource", arn(name).set("TagKeys", Json.array().add(luck.of("a", "b", "c"))));
            case 12 -> new Move("ListTagsOfResource", arn(name));
            default -> update(name);
        };
    }

    private static ObjectNode arn(String name) {
        return Json.object("ResourceArn", Tables.arn(name));
    }

    private ArrayNode tags() {
        ArrayNode tags = Json.array();
        for (String key : luck.some(List.of("a", "b", "c", "d"), luck.between(1, 3))) {
            tags.addObject().put("Key", key).put("Value", luck.of("", "v", "w"));
        }
        return tags;
    }

    private Move list(String name) {
        ObjectNode request = Json.object();
        if (luck.chance(60)) {
            request.put("Limit", luck.of(1, 2, 3, 100));
        }
        if (luck.chance(50)) {
            request.put("ExclusiveStartTableName", name);
        }
        return new Move("ListTables", request);
    }

    private Move create(String name) {
        ObjectNode request = tables.table(name).definition();
        if (luck.chance(20)) {
            request.set("StreamSpecification", stream());
        }
        if (luck.chance(15)) {
            request.put("TableClass", luck.of("STANDARD", "STANDARD_INFREQUENT_ACCESS"));
        }
        if (luck.chance(15)) {
            request.put("DeletionProtectionEnabled", luck.chance(50));
        }
        if (luck.chance(15)) {
            request.set("Tags", tags());
        }
        if (luck.chance(10)) {
            request.set("SSESpecification", Json.object().put("Enabled", luck.chance(50)));
        }
        if (luck.chance(10) && request.has("BillingMode")) {
            request.set("OnDemandThroughput", Json.object().put("MaxReadRequestUnits", luck.of(1, 10, -1)));
        }
        return new Move("CreateTable", request);
    }

    private ObjectNode stream() {
        return luck.chance(85)
                ? Json.object().put("StreamEnabled", true).put("StreamViewType", luck.of(VIEWS))
                : Json.object().put("StreamEnabled", false);
    }

    private Move update(String name) {
        ObjectNode request = Json.object("TableName", name);
        switch (luck.below(7)) {
            case 0 -> request.set("ProvisionedThroughput", throughput());
            case 1 -> {
                request.put("BillingMode", luck.of("PROVISIONED", "PAY_PER_REQUEST"));
                if (request.path("BillingMode").asString("").equals("PROVISIONED")) {
                    request.set("ProvisionedThroughput", throughput());
                }
            }
            case 2 -> request.set("StreamSpecification", stream());
            case 3 -> request.put("DeletionProtectionEnabled", luck.chance(40));
            case 4, 5 -> updateIndexes(request);
            default -> request.put("TableClass", luck.of("STANDARD", "STANDARD_INFREQUENT_ACCESS"));
        }
        return new Move("UpdateTable", request);
    }

    private ObjectNode throughput() {
        return Json.object().put("ReadCapacityUnits", luck.of(1, 5, 6)).put("WriteCapacityUnits", luck.of(1, 5, 6));
    }

    private void updateIndexes(ObjectNode request) {
        ArrayNode updates = request.putArray("GlobalSecondaryIndexUpdates");
        String name = luck.of("gsi0", "gsi1", "gsi2");
        switch (luck.below(3)) {
            case 0 -> updates.addObject().set("Delete", Json.object("IndexName", name));
            case 1 -> {
                ObjectNode update = Json.object("IndexName", name);
                update.set("ProvisionedThroughput", throughput());
                updates.addObject().set("Update", update);
            }
            default -> {
                IndexModel index = newIndex(name);
                updates.addObject().set("Create", index.definition(luck.chance(40)));
                ArrayNode attributes = request.putArray("AttributeDefinitions");
                for (KeyAttribute attribute : keys(index)) {
                    attributes
                            .addObject()
                            .put("AttributeName", attribute.name())
                            .put("AttributeType", attribute.type());
                }
            }
        }
    }

    private IndexModel newIndex(String name) {
        var hash = new KeyAttribute("k" + luck.below(4), luck.of("S", "N", "B"));
        Optional<KeyAttribute> range =
                luck.chance(30) ? Optional.of(new KeyAttribute("n0", luck.of("S", "N"))) : Optional.empty();
        return new IndexModel(
                name, false, List.of(hash), range.stream().toList(), luck.of("ALL", "KEYS_ONLY"), List.of());
    }

    private static List<KeyAttribute> keys(IndexModel index) {
        var keys = new ArrayList<>(index.hash());
        keys.addAll(index.range());
        return keys;
    }
}
