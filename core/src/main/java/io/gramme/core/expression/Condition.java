package io.gramme.core.expression;

import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A condition bound to its names and values. All its possible faults have been refused already, so that evaluating one
 * cannot fail: see {@link Evaluator}.
 */
public sealed interface Condition {
    /** True for every item if there are no conditions. */
    record And(List<Condition> conditions) implements Condition {
        public And {
            conditions = List.copyOf(conditions);
        }
    }

    record Or(List<Condition> conditions) implements Condition {
        public Or {
            conditions = List.copyOf(conditions);
        }
    }

    record Not(Condition inner) implements Condition {}

    record Compare(Operand left, Relation relation, Operand right) implements Condition {}

    record Between(Operand operand, Operand low, Operand high) implements Condition {}

    record In(Operand operand, List<Operand> candidates) implements Condition {
        public In {
            candidates = List.copyOf(candidates);
        }
    }

    record Exists(Path path) implements Condition {}

    record NotExists(Path path) implements Condition {}

    record HasType(Operand operand, Value.Type type) implements Condition {}

    record BeginsWith(Operand operand, Operand prefix) implements Condition {}

    /** A string or a binary has the part somewhere in it, a set or a list has it as a member. */
    record Contains(Operand operand, Operand part) implements Condition {}

    /** An expression that has a value, if the item has it. */
    sealed interface Operand {}

    record Attribute(Path path) implements Operand {}

    record Literal(Value value) implements Operand {}

    record Size(Operand operand) implements Operand {}

    default boolean matches(Item item) {
        return Evaluator.matches(this, item);
    }

    /** The top-level attributes it reads, in order of appearance. */
    default Set<String> attributes() {
        var names = new LinkedHashSet<String>();
        paths().forEach(path -> names.add(path.root()));
        return names;
    }

    /** The paths it reads, in order of appearance. */
    default Set<Path> paths() {
        var paths = new LinkedHashSet<Path>();
        collect(this, paths);
        return paths;
    }

    private static void collect(Condition condition, Set<Path> paths) {
        switch (condition) {
            case And(var conditions) -> conditions.forEach(c -> collect(c, paths));
            case Or(var conditions) -> conditions.forEach(c -> collect(c, paths));
            case Not(var inner) -> collect(inner, paths);
            case Compare(var left, var _, var right) -> collect(paths, left, right);
            case Between(var operand, var low, var high) -> collect(paths, operand, low, high);
            case In(var operand, var candidates) -> {
                collect(paths, operand);
                candidates.forEach(candidate -> collect(paths, candidate));
            }
            case Exists(var path) -> paths.add(path);
            case NotExists(var path) -> paths.add(path);
            case HasType(var operand, var _) -> collect(paths, operand);
            case BeginsWith(var operand, var prefix) -> collect(paths, operand, prefix);
            case Contains(var operand, var part) -> collect(paths, operand, part);
        }
    }

    private static void collect(Set<Path> paths, Operand... operands) {
        for (Operand operand : operands) {
            switch (operand) {
                case Attribute(var path) -> paths.add(path);
                case Size(var inner) -> collect(paths, inner);
                case Literal _ -> {}
            }
        }
    }
}
