package io.gramme.delivery.trigger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A filter pattern over events, by the rules of Lambda's event filtering. */
sealed interface Pattern {

    /** An object: every field must match, and one alternative of each {@code $or}. */
    record Fields(Map<String, Pattern> fields, List<List<Pattern>> alternatives) implements Pattern {
        public Fields {
            fields = Map.copyOf(fields);
            alternatives = List.copyOf(alternatives);
        }
    }

    /** A value for which one rule must hold; of an array, for one of its elements. */
    record OneOf(List<Rule> rules) implements Pattern {
        public OneOf {
            rules = List.copyOf(rules);
        }
    }

    static boolean matches(Pattern pattern, EventNode event) {
        return matches(pattern, Optional.of(event));
    }

    /** @param node empty where the event has no such member; only a pattern that requires its absence matches then */
    private static boolean matches(Pattern pattern, Optional<EventNode> node) {
        return switch (pattern) {
            case Fields fields ->
                (node.isPresent() && node.get() instanceof EventNode.Many(List<EventNode> elements))
                        ? matchesOne(fields, elements)
                        : matches(fields, object(node));
            case OneOf(List<Rule> rules) -> rules.stream().anyMatch(rule -> holds(rule, node));
        };
    }

    private static boolean matchesOne(Fields fields, List<EventNode> elements) {
        return elements.stream().anyMatch(element -> matches(fields, Optional.of(element)));
    }

    private static boolean matches(Fields fields, EventNode.Inner object) {
        return fields.fields().entrySet().stream()
                        .allMatch(field -> matches(field.getValue(), object.get(field.getKey())))
                && fields.alternatives().stream()
                        .allMatch(ways -> ways.stream().anyMatch(way -> matches(way, Optional.<EventNode>of(object))));
    }

    /** A node that is not an object has no members. */
    private static EventNode.Inner object(Optional<EventNode> node) {
        return node.isPresent() && node.get() instanceof EventNode.Inner object ? object : _ -> Optional.empty();
    }

    private static boolean holds(Rule rule, Optional<EventNode> node) {
        if (node.isEmpty() || node.get() instanceof EventNode.Inner) {
            // An object is not a value: whether it exists is decided by its members.
            return rule instanceof Rule.Exists(boolean exists) && !exists;
        }
        if (rule instanceof Rule.Exists(boolean exists)) {
            return exists;
        }
        return node.get() instanceof EventNode.Many(List<EventNode> elements)
                ? elements.stream()
                        .filter(element -> !(element instanceof EventNode.Inner))
                        .anyMatch(element -> Rule.holds(rule, element))
                : Rule.holds(rule, node.get());
    }
}
