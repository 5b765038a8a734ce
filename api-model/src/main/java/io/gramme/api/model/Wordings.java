package io.gramme.api.model;

import io.gramme.api.model.Model.Enumeration;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Facts about the service's error texts that the API model lacks, from {@code wording.json}: which operations use the
 * newer texts, in which order violations and enum values are listed, and which required members have a text of their
 * own when they are missing.
 */
final class Wordings {
    private final Set<String> newer;
    private final Set<String> mixed;
    private final Set<String> bareEnums;
    private final Map<String, List<String>> firstMembers;
    private final Map<String, Map<String, String>> whenMissing = new TreeMap<>();
    private final Map<String, List<String>> newerPlaces;
    private final Map<String, List<String>> newerOrders;
    private final Map<String, List<String>> olderOrders;

    private Wordings(JsonNode file) {
        newer = Set.copyOf(ModelReader.strings(file.get("newerDialect")));
        mixed = Set.copyOf(ModelReader.strings(file.get("mixedDialect")));
        bareEnums = Set.copyOf(ModelReader.strings(file.get("bareEnumTexts")));
        firstMembers = lists(file.get("firstMembers"));
        newerPlaces = lists(file.get("newerPlaces"));
        newerOrders = lists(file.get("newerEnumOrders"));
        olderOrders = lists(file.get("olderEnumOrders"));
        for (JsonNode rule : file.get("whenMissing")) {
            for (String operation : ModelReader.strings(rule.get("operations"))) {
                String text = rule.get("text").asString().replace("{operation}", operation);
                whenMissing
                        .computeIfAbsent(operation, _ -> new TreeMap<>())
                        .put(rule.get("member").asString(), text);
            }
        }
    }

    static Wordings read() throws IOException {
        return new Wordings(ModelReader.tree("wording.json"));
    }

    private static Map<String, List<String>> lists(JsonNode object) {
        var lists = new HashMap<String, List<String>>();
        for (var entry : object.properties()) {
            lists.put(entry.getKey(), ModelReader.strings(entry.getValue()));
        }
        return lists;
    }

    List<String> newerOrder(Enumeration enumeration) {
        return newerOrders.getOrDefault(enumeration.name(), enumeration.values());
    }

    List<String> olderOrder(Enumeration enumeration) {
        return olderOrders.getOrDefault(enumeration.name(), enumeration.values());
    }

    /** The expression that makes the wording of {@code operation}. */
    String expression(String operation) {
        String missing = Optional.ofNullable(whenMissing.get(operation)).orElse(Map.of()).entrySet().stream()
                .map(entry -> JavaSource.literals(List.of(entry.getKey(), entry.getValue())))
                .reduce((a, b) -> a + ", " + b)
                .orElse("");
        return "new Wording(Dialect." + dialect(operation)
                + ", List.of(" + JavaSource.literals(firstMembers.getOrDefault(operation, List.of()))
                + "), Map.of(" + missing
                + "), Set.of(" + JavaSource.literals(newerPlaces.getOrDefault(operation, List.of()))
                + "), " + bareEnums.contains(operation) + ")";
    }

    private String dialect(String operation) {
        if (newer.contains(operation)) {
            return "NEWER";
        }
        return mixed.contains(operation) ? "MIXED" : "OLDER";
    }
}
