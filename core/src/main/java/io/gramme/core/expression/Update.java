package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An update of an item, bound to its names and values. It can still fail, but only because of the item. */
public final class Update {
    private final List<Action> actions;
    private final Origin origin;
    private final PathTree.Fields targets;

    private Update(List<Action> actions, Origin origin) {
        this.actions = List.copyOf(actions);
        this.origin = origin;
        this.targets = PathTree.of(actions.stream().map(Action::path).toList());
    }

    /** @param actions no path leading through that of another */
    public static Update of(List<Action> actions, Origin origin) {
        return new Update(actions, origin);
    }

    /**
     * An update whose paths have not been checked against each other.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if one leads through another
     */
    public static Update of(List<Action> actions, ExpressionErrors errors) {
        PathTree.requireDisjoint(actions.stream().map(Action::path).toList(), errors);
        return new Update(actions, Origin.EXPRESSION);
    }

    /** The syntax in which an update was written: the service words its failures accordingly. */
    public enum Origin {
        EXPRESSION,
        ATTRIBUTE_UPDATES
    }

    /** One step of an update. All of them see the item as it was before. */
    public sealed interface Action {
        Path path();

        /** Whether it removes something and never writes a value: where there is nothing, it changes nothing. */
        default boolean clears() {
            return switch (this) {
                case Remove _, Delete _ -> true;
                case Assign _, Add _ -> false;
            };
        }
    }

    public record Assign(Path path, Source source) implements Action {}

    public record Remove(Path path) implements Action {}

    /** Adds to a number or to a set; to a list, too, but no expression can say so. */
    public record Add(Path path, Value operand) implements Action {}

    /** Removes members from a set. */
    public record Delete(Path path, Value members) implements Action {}

    /** The source of the value of an assignment. */
    public sealed interface Source {}

    public record Literal(Value value) implements Source {}

    public record Attribute(Path path) implements Source {}

    public record IfNotExists(Path path, Source otherwise) implements Source {}

    public record ListAppend(Source head, Source tail) implements Source {}

    public record Plus(Source left, Source right) implements Source {}

    public record Minus(Source left, Source right) implements Source {}

    /** @param item the new one */
    public record Updated(Item item) {}

    /**
     * The updated item.
     *
     * @param before the stored item or, if there is none, an item of just the key
     * @throws io.gramme.core.error.ApiException VALIDATION, if the item does not suit the update
     */
    public Updated apply(Item before) {
        return new Updated(new UpdateRun(before, origin, actions).apply(targets));
    }

    /** The paths it reads and writes. */
    public Set<Path> paths() {
        var paths = new LinkedHashSet<Path>();
        for (Action action : actions) {
            paths.add(action.path());
            if (action instanceof Assign(var _, var source)) {
                collect(source, paths);
            }
        }
        return paths;
    }

    private static void collect(Source source, Set<Path> paths) {
        switch (source) {
            case Literal _ -> {}
            case Attribute(var path) -> paths.add(path);
            case IfNotExists(var path, var otherwise) -> {
                paths.add(path);
                collect(otherwise, paths);
            }
            case ListAppend(var head, var tail) -> {
                collect(head, paths);
                collect(tail, paths);
            }
            case Plus(var left, var right) -> {
                collect(left, paths);
                collect(right, paths);
            }
            case Minus(var left, var right) -> {
                collect(left, paths);
                collect(right, paths);
            }
        }
    }

    /** The literal values of the request that it assigns to whole attributes, as opposed to computed ones. */
    public Map<String, Value> literals() {
        var literals = new LinkedHashMap<String, Value>();
        for (Action action : actions) {
            if (action instanceof Assign(Path path, Literal(Value value)) && path.isTopLevel()) {
                literals.put(path.root(), value);
            }
        }
        return literals;
    }

    public List<Action> actions() {
        return actions;
    }

    /** The top-level attributes it writes, in order of appearance. */
    public Set<String> attributes() {
        return targets.children().keySet();
    }

    /**
     * The result for UPDATED_OLD: the parts of the old item that its paths lead to, each in its place, without their
     * siblings (measured).
     */
    public Item touchedBefore(Item before) {
        return shown(before);
    }

    /**
     * The same for the new item, for UPDATED_NEW. An index refers to the new list (measured): where an element was
     * removed, the one that has moved into its place is shown.
     */
    public Item touchedAfter(Item after) {
        return shown(after);
    }

    private Item shown(Item item) {
        return Projection.of(actions.stream().map(Action::path).toList()).of(item);
    }

    /** Whether it only removes: such an update creates no item where there is none (measured). */
    public boolean onlyClears() {
        return !actions.isEmpty() && actions.stream().allMatch(Action::clears);
    }

    /** The bytes of the expression that count against the largest size of an item. */
    public long expressionSize() {
        return UpdateSize.of(actions);
    }
}
