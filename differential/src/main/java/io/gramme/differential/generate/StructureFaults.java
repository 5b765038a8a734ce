package io.gramme.differential.generate;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults in the structure of a request: removes, nulls, retypes or adds a member of any object. */
final class StructureFaults {
    private final Luck luck;

    StructureFaults(Luck luck) {
        this.luck = luck;
    }

    void spoil(ObjectNode body) {
        var objects = new ArrayList<ObjectNode>();
        collect(body, objects);
        ObjectNode object = luck.chance(40) ? body : luck.of(objects);
        List<String> members = List.copyOf(object.propertyNames());
        if (members.isEmpty() || luck.chance(10)) {
            object.put("Unknown", luck.of("x", ""));
            return;
        }
        String member = luck.of(members);
        switch (luck.below(7)) {
            case 0 -> object.put(member, 7);
            case 1 -> object.put(member, "t");
            case 2 -> object.put(member, true);
            case 3 -> object.putArray(member);
            case 4 -> object.putObject(member);
            case 5 -> object.remove(member);
            default -> object.putNull(member);
        }
    }

    private static void collect(JsonNode node, List<ObjectNode> objects) {
        if (node instanceof ObjectNode object) {
            objects.add(object);
        }
        node.forEach(child -> collect(child, objects));
    }
}
