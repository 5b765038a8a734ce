package io.gramme.core.expression;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.LegacyErrors;
import io.gramme.core.expression.PathTree.Elements;
import io.gramme.core.expression.PathTree.Fields;
import io.gramme.core.expression.PathTree.Leaf;
import io.gramme.core.expression.Update.Action;
import io.gramme.core.expression.Update.Add;
import io.gramme.core.expression.Update.Assign;
import io.gramme.core.expression.Update.Attribute;
import io.gramme.core.expression.Update.Delete;
import io.gramme.core.expression.Update.IfNotExists;
import io.gramme.core.expression.Update.ListAppend;
import io.gramme.core.expression.Update.Literal;
import io.gramme.core.expression.Update.Minus;
import io.gramme.core.expression.Update.Origin;
import io.gramme.core.expression.Update.Plus;
import io.gramme.core.expression.Update.Remove;
import io.gramme.core.expression.Update.Source;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One update of one item. First the paths are checked against the document; then every action computes the new value of
 * its path from the old item; then the document is rewritten once. So no action sees the effect of another, and all
 * list indexes refer to the old list.
 */
final class UpdateRun {
    private final Item before;
    private final Origin origin;
    private final List<Action> actions;

    UpdateRun(Item before, Origin origin, List<Action> actions) {
        this.before = before;
        this.origin = origin;
        this.actions = actions;
    }

    /** @param targets the paths of the actions, in the same order */
    Item apply(Fields targets) {
        targets.children().forEach((name, child) -> requireSuitable(before.get(name), child));
        var outcomes = new ArrayList<Optional<Value>>(actions.size());
        for (Action action : actions) {
            Optional<Value> outcome = outcome(action);
            outcome.ifPresent(value -> requireShallow(action.path(), value));
            outcomes.add(outcome);
        }
        return Item.of(fields(before.attributes(), targets, outcomes));
    }

    /**
     * A path may end at nothing, but not lead through it: its parent must exist and be of the right type. A path to
     * clear may lead through nothing, where there is nothing to clear (measured).
     */
    private void requireSuitable(Optional<Value> value, PathTree tree) {
        if (value.isEmpty() && clears(tree)) {
            return;
        }
        switch (tree) {
            case Leaf _ -> {}
            case Fields(var children) -> {
                Map<String, Value> entries = entries(value);
                children.forEach((name, child) -> requireSuitable(Optional.ofNullable(entries.get(name)), child));
            }
            case Elements(var children) -> {
                List<Value> list = list(value);
                children.forEach((index, child) -> requireSuitable(element(list, index), child));
            }
        }
    }

    private boolean clears(PathTree tree) {
        return switch (tree) {
            case Leaf(int index) -> actions.get(index).clears();
            case Fields(var children) -> children.values().stream().allMatch(this::clears);
            case Elements(var children) -> children.values().stream().allMatch(this::clears);
        };
    }

    private static Map<String, Value> entries(Optional<Value> value) {
        if (value.isPresent() && value.get() instanceof Value.M(var entries)) {
            return entries;
        }
        throw ExpressionErrors.unsuitablePath();
    }

    private static List<Value> list(Optional<Value> value) {
        if (value.isPresent() && value.get() instanceof Value.L(var list)) {
            return list;
        }
        throw ExpressionErrors.unsuitablePath();
    }

    private static Optional<Value> element(List<Value> list, int index) {
        return index < list.size() ? Optional.of(list.get(index)) : Optional.empty();
    }

    /** The new value of the action's path; empty if it is removed. */
    private Optional<Value> outcome(Action action) {
        return switch (action) {
            case Assign(var _, var source) -> Optional.of(value(source));
            case Remove _ -> Optional.empty();
            case Add(var path, var operand) ->
                Optional.of(path.in(before).map(old -> sum(old, operand)).orElse(operand));
            case Delete(var path, var members) -> path.in(before).flatMap(old -> difference(old, members));
        };
    }

    /** Only the written value can nest too deep: everything else has been in an item before. */
    private static void requireShallow(Path path, Value value) {
        if (path.steps().size() + ItemSize.depth(value) > ItemSize.MAX_DEPTH) {
            throw ExpressionErrors.nestedTooDeep();
        }
    }

    private Value value(Source source) {
        return switch (source) {
            case Literal(var value) -> value;
            case Attribute(var path) -> path.in(before).orElseThrow(ExpressionErrors::missingAttribute);
            case IfNotExists(var path, var otherwise) -> {
                // Evaluated in any case: if it refers to a missing attribute the update fails even where the path
                // exists (not captured from the service).
                Value fallback = value(otherwise);
                yield path.in(before).orElse(fallback);
            }
            case ListAppend(var head, var tail) -> appended(value(head), value(tail));
            case Plus(var left, var right) -> new Value.N(number(value(left)).plus(number(value(right))));
            case Minus(var left, var right) -> new Value.N(number(value(left)).minus(number(value(right))));
        };
    }

    private static Decimal number(Value value) {
        if (value instanceof Value.N(var number)) {
            return number;
        }
        throw ExpressionErrors.operandMismatch();
    }

    private static Value appended(Value head, Value tail) {
        if (head instanceof Value.L(var first) && tail instanceof Value.L(var second)) {
            return new Value.L(joined(first, second));
        }
        throw ExpressionErrors.operandMismatch();
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        var joined = new ArrayList<T>(first.size() + second.size());
        joined.addAll(first);
        joined.addAll(second);
        return joined;
    }

    private Value sum(Value old, Value operand) {
        return switch (operand) {
            case Value.N(var added) when old instanceof Value.N(var number) -> new Value.N(number.plus(added));
            case Value.SS(var added) when old instanceof Value.SS(var members) -> new Value.SS(union(members, added));
            case Value.NS(var added) when old instanceof Value.NS(var members) -> new Value.NS(union(members, added));
            case Value.BS(var added) when old instanceof Value.BS(var members) -> new Value.BS(union(members, added));
            case Value.L(var added) when old instanceof Value.L(var elements) -> new Value.L(joined(elements, added));
            case Value.S _, Value.N _, Value.B _, Value.Bool _, Value.Null _ -> throw mismatch();
            case Value.SS _, Value.NS _, Value.BS _, Value.L _, Value.M _ -> throw mismatch();
        };
    }

    private Optional<Value> difference(Value old, Value taken) {
        return switch (taken) {
            case Value.SS(var gone)
            when old instanceof Value.SS(var members) ->
                unlessEmpty(without(members, gone)).map(Value.SS::new);
            case Value.NS(var gone)
            when old instanceof Value.NS(var members) ->
                unlessEmpty(without(members, gone)).map(Value.NS::new);
            case Value.BS(var gone)
            when old instanceof Value.BS(var members) ->
                unlessEmpty(without(members, gone)).map(Value.BS::new);
            case Value.S _, Value.N _, Value.B _, Value.Bool _, Value.Null _ -> throw mismatch();
            case Value.SS _, Value.NS _, Value.BS _, Value.L _, Value.M _ -> throw mismatch();
        };
    }

    private ApiException mismatch() {
        return switch (origin) {
            case EXPRESSION -> ExpressionErrors.operandMismatch();
            case ATTRIBUTE_UPDATES -> LegacyErrors.typeMismatch();
        };
    }

    private static <T> List<T> union(List<T> members, List<T> added) {
        var union = new LinkedHashSet<>(members);
        union.addAll(added);
        return List.copyOf(union);
    }

    private static <T> List<T> without(List<T> members, List<T> gone) {
        var left = new LinkedHashSet<>(members);
        gone.forEach(left::remove);
        return List.copyOf(left);
    }

    /** A set that has lost its last member is removed. */
    private static <T> Optional<List<T>> unlessEmpty(List<T> members) {
        return members.isEmpty() ? Optional.empty() : Optional.of(members);
    }

    private static Map<String, Value> fields(Map<String, Value> old, Fields tree, List<Optional<Value>> outcomes) {
        var changed = new LinkedHashMap<>(old);
        tree.children().forEach((name, child) -> {
            Optional<Value> value = rewritten(Optional.ofNullable(old.get(name)), child, outcomes);
            if (value.isPresent()) {
                changed.put(name, value.get());
            } else {
                changed.remove(name);
            }
        });
        return changed;
    }

    /** Elements past the end are appended in the order of their indexes, and those removed leave no gap. */
    private static List<Value> elements(List<Value> old, Elements tree, List<Optional<Value>> outcomes) {
        var changed = new TreeMap<Integer, Optional<Value>>();
        tree.children().forEach((index, child) -> {
            changed.put(index, rewritten(element(old, index), child, outcomes));
        });
        var list = new ArrayList<Value>(old.size() + changed.size());
        for (int i = 0; i < old.size(); i++) {
            Optional<Value> element = changed.containsKey(i) ? changed.get(i) : Optional.of(old.get(i));
            element.ifPresent(list::add);
        }
        changed.tailMap(old.size()).values().forEach(element -> element.ifPresent(list::add));
        return list;
    }

    private static Optional<Value> rewritten(Optional<Value> old, PathTree tree, List<Optional<Value>> outcomes) {
        if (old.isEmpty() && !(tree instanceof Leaf)) {
            return old; // Nothing to clear.
        }
        return switch (tree) {
            case Leaf(int index) -> outcomes.get(index);
            case Fields fields -> Optional.of(new Value.M(fields(entries(old), fields, outcomes)));
            case Elements elements -> Optional.of(new Value.L(elements(list(old), elements, outcomes)));
        };
    }
}
