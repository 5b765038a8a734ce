package io.gramme.differential.compare;

import io.gramme.differential.wire.Answer;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells whether two answers to a request say the same, and if not, in which way they do not. */
public final class Comparer {
    /** Members that hold items, whose attributes are not told apart. */
    private static final Set<String> ITEMS = Set.of("Attributes", "Item", "Items[]", "LastEvaluatedKey");

    private static final Set<String> ERROR_MEMBERS = Set.of("__type", "message", "Message");

    private Comparer() {}

    public static Optional<Signature> compare(String operation, Answer gramme, Answer local, Order order) {
        JsonNode one = Canonical.of(gramme.body(), order);
        JsonNode other = Canonical.of(local.body(), order);
        if (gramme.status() == local.status() && one.equals(other)) {
            return Optional.empty();
        }
        String first = outcome(gramme);
        String second = outcome(local);
        boolean alike = said(gramme).equals(said(local));
        if (first.equals(second) && !alike) {
            first += " (the same but for names and numbers)";
            second = first;
        }
        if (gramme.succeeded() == local.succeeded()) {
            var members = new TreeSet<String>();
            var others = new TreeSet<String>();
            compare("", one, other, members, others);
            first = members.isEmpty() ? first : first + " " + members;
            second = others.isEmpty() ? second : second + " " + others;
            if (alike && members.isEmpty() && others.isEmpty()) {
                return Optional.empty();
            }
        }
        return Optional.of(new Signature(operation, first, second));
    }

    private static String said(Answer answer) {
        return answer.status() + answer.body().path("__type").asString("") + answer.message();
    }

    private static String outcome(Answer answer) {
        if (answer.succeeded()) {
            return "ok";
        }
        String status = answer.status() == 400 ? "" : answer.status() + " ";
        return status + answer.type() + ": " + Wording.blank(answer.message());
    }

    /** Adds the places of differing members: each to what of the two has it. */
    private static void compare(String at, JsonNode one, JsonNode other, Set<String> ones, Set<String> others) {
        if (one.equals(other)) {
            return;
        }
        if (one.isObject() && other.isObject() && !ITEMS.contains(at)) {
            var names = new TreeSet<String>(one.propertyNames());
            names.addAll(other.propertyNames());
            names.removeAll(at.isEmpty() ? ERROR_MEMBERS : Set.of());
            for (String name : names) {
                compare(step(at, name), one.path(name), other.path(name), ones, others);
            }
        } else if (one.isArray() && other.isArray() && one.size() == other.size() && !isSetOrList(at)) {
            Iterator<JsonNode> elements = other.iterator();
            one.forEach(element -> compare(at + "[]", element, elements.next(), ones, others));
        } else {
            addUnlessMissing(at, one, ones);
            addUnlessMissing(at, other, others);
        }
    }

    private static void addUnlessMissing(String at, JsonNode node, Set<String> places) {
        if (!node.isMissingNode()) {
            places.add(node instanceof ObjectNode object && object.isEmpty() ? at + "={}" : at);
        }
    }

    private static boolean isSetOrList(String at) {
        return at.endsWith("S") || at.endsWith(".L");
    }

    /** Names of tables and indexes, as members of an answer are called by, are blanked. */
    private static String step(String at, String name) {
        String shown = Wording.blank(name);
        return at.isEmpty() ? shown : at + "." + shown;
    }
}
