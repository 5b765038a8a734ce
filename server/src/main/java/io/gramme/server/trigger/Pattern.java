package io.gramme.server.trigger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A pattern that events match or do not, as Lambda filters events. */
sealed interface Pattern {

    /** An object: every field of it must match, and one alternative of each {@code $or}. */
    record Fields(Map<String, Pattern> fields, List<List<Pattern>> alternatives) implements Pattern {
        public Fields {
            fields = Map.copyOf(fields);
            alternatives = List.copyOf(alternatives);
        }
    }

    /** A value of which one rule must hold; of an array, of one element. */
    record OneOf(List<Rule> rules) implements Pattern {
        public OneOf {
            rules = List.copyOf(rules);
        }
    }

    static boolean matches(Pattern pattern, EventNode event) {
        return matches(pattern, Optional.of(event));
    }

    /** @param node nothing where the event has no such member: a pattern that asks for nothing else matches that */
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

    /** What is no object has no members. */
    private static EventNode.Inner object(Optional<EventNode> node) {
        return node.isPresent() && node.get() instanceof EventNode.Inner object ? object : _ -> Optional.empty();
    }

    private static boolean holds(Rule rule, Optional<EventNode> node) {
        if (node.isEmpty() || node.get() instanceof EventNode.Inner) {
            // An object is no value: whether it exists is asked of what it holds.
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
