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

/** Tells whether two answers to a request say the same, and if not, in which way they do not. */
public final class Comparer {
    /** Members that hold items, whose attributes are not told apart. */
    private static final Set<String> ITEMS = Set.of("Attributes", "Item", "Items[]", "LastEvaluatedKey");

    private static final Set<String> ERROR_MEMBERS = Set.of("__type", "message", "Message");

    private Comparer() {}

    /** What differs: for two refusals or a refusal and none one signature, for two successes one for each member. */
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

    /** A member, and its value where that is a word or a number of the service's own. */
    private static String shown(String at, JsonNode node) {
        if (node.isMissingNode()) {
            return "no " + at;
        }
        return node.isContainer() || ITEMS.contains(at) ? at : at + "=" + node.asString("");
    }

    /** Names of tables and indexes, as members of an answer are called by, are blanked. */
    private static String step(String at, String name) {
        String shown = Wording.blank(name);
        return at.isEmpty() ? shown : at + "." + shown;
    }
}
