package io.gramme.differential.compare;

import io.gramme.differential.wire.Answer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The comparison of two answers to a request: the signatures of their differences, none if they are equal. */
public final class Comparer {
    /** Members that hold items, whose attributes are not distinguished in a signature. */
    private static final Set<String> ITEMS = Set.of("Attributes", "Item", "Items[]", "LastEvaluatedKey");

    private static final Set<String> ERROR_MEMBERS = Set.of("__type", "message", "Message");

    private Comparer() {}

    /** The differences: one signature if a side refused, and one for each differing member if both succeeded. */
    public static List<Signature> compare(String operation, Answer gramme, Answer peer, Order order) {
        JsonNode one = Canonical.of(gramme.body(), order);
        JsonNode other = Canonical.of(peer.body(), order);
        var signatures = new ArrayList<Signature>();
        String first = outcome(gramme);
        String second = outcome(peer);
        if (!said(gramme).equals(said(peer))) {
            String same = first.equals(second) ? " (the same but for names and numbers)" : "";
            signatures.add(new Signature(operation, first + same, second + same));
        }
        if (gramme.succeeded() == peer.succeeded()) {
            var places = new TreeMap<String, Difference>();
            compare("", one, other, places);
            places.forEach((at, difference) -> signatures.add(new Signature(
                    operation,
                    first + " " + shown(at, difference.gramme()),
                    second + " " + shown(at, difference.peer()))));
        }
        return signatures;
    }

    private record Difference(JsonNode gramme, JsonNode peer) {}

    private static String said(Answer answer) {
        return answer.status() + answer.body().path("__type").asString("") + Canonical.withoutAccount(answer.message());
    }

    private static String outcome(Answer answer) {
        if (answer.succeeded()) {
            return "ok";
        }
        if (answer.status() == 0) {
            return "no answer";
        }
        String status = answer.status() == 400 ? "" : answer.status() + " ";
        return status + answer.type() + ": " + Wording.blank(answer.message());
    }

    private static void compare(String at, JsonNode one, JsonNode other, Map<String, Difference> places) {
        if (one.equals(other)) {
            return;
        }
        if (one.isObject() && other.isObject() && !ITEMS.contains(at)) {
            var names = new TreeSet<String>(one.propertyNames());
            names.addAll(other.propertyNames());
            names.removeAll(at.isEmpty() ? ERROR_MEMBERS : Set.of());
            for (String name : names) {
                compare(step(at, name), one.path(name), other.path(name), places);
            }
        } else if (one.isArray() && other.isArray() && one.size() == other.size()) {
            Iterator<JsonNode> elements = other.iterator();
            one.forEach(element -> compare(at + "[]", element, elements.next(), places));
        } else {
            places.put(at, new Difference(one, other));
        }
    }

    /** The name of a member, with its value if that is a word or number of the service. */
    private static String shown(String at, JsonNode node) {
        if (node.isMissingNode()) {
            return "no " + at;
        }
        return node.isContainer() || ITEMS.contains(at) ? at : at + "=" + node.asString("");
    }

    /** Blanks names of tables and indexes that are used as names of members. */
    private static String step(String at, String name) {
        String shown = Wording.blank(name);
        return at.isEmpty() ? shown : at + "." + shown;
    }
}
