package io.gramme.core.expression;

import io.gramme.core.bytes.Utf8;
import io.gramme.core.expression.Update.Action;
import io.gramme.core.expression.Update.Add;
import io.gramme.core.expression.Update.Assign;
import io.gramme.core.expression.Update.Attribute;
import io.gramme.core.expression.Update.Delete;
import io.gramme.core.expression.Update.IfNotExists;
import io.gramme.core.expression.Update.ListAppend;
import io.gramme.core.expression.Update.Literal;
import io.gramme.core.expression.Update.Minus;
import io.gramme.core.expression.Update.Plus;
import io.gramme.core.expression.Update.Remove;
import io.gramme.core.expression.Update.Source;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The size of an update expression by itself, which UpdateItem limits like the size of an item (measured). A value
 * counts at each of its uses; the results of functions and operators count nothing.
 */
final class UpdateSize {
    private static final int UPDATE = 3;
    private static final int WRITING_CLAUSE = 19;
    private static final int CLEARING_CLAUSE = 1;
    private static final int STEP_OF_TARGET = 4;
    private static final int PATH_OPERAND = 1;
    private static final int STEP_OF_PATH_OPERAND = 14;
    private static final int PLUS = 34;
    private static final int MINUS = 37;
    private static final int IF_NOT_EXISTS = 39;
    private static final int LIST_APPEND = 37;

    /** A large value may be used many times, and its size is computed once. */
    private final IdentityHashMap<Value, Integer> sizes = new IdentityHashMap<>();

    private UpdateSize() {}

    /** A long, because one large value may be used many times. */
    static long of(List<Action> actions) {
        var size = new UpdateSize();
        return UPDATE + actions.stream().mapToLong(size::clause).sum();
    }

    private long clause(Action action) {
        return switch (action) {
            case Assign(var target, var source) -> WRITING_CLAUSE + target(target) + operand(source);
            case Add(var target, var value) -> WRITING_CLAUSE + target(target) + size(value);
            case Remove(var target) -> CLEARING_CLAUSE + target(target);
            case Delete(var target, var _) -> CLEARING_CLAUSE + target(target);
        };
    }

    private static long target(Path path) {
        long size = Utf8.length(path.root());
        for (Path.Step step : path.steps()) {
            size += STEP_OF_TARGET + element(step);
        }
        return size;
    }

    private int size(Value value) {
        return sizes.computeIfAbsent(value, ItemSize::of);
    }

    private long operand(Source source) {
        return switch (source) {
            case Literal(var value) -> size(value);
            case Attribute(var path) -> path(path);
            case IfNotExists(var path, var otherwise) -> IF_NOT_EXISTS + path(path) + operand(otherwise);
            case ListAppend(var head, var tail) -> LIST_APPEND + operand(head) + operand(tail);
            case Plus(var left, var right) -> PLUS + operand(left) + operand(right);
            case Minus(var left, var right) -> MINUS + operand(left) + operand(right);
        };
    }

    private static long path(Path path) {
        long size = PATH_OPERAND;
        size += STEP_OF_PATH_OPERAND + Utf8.length(path.root());
        for (Path.Step step : path.steps()) {
            size += STEP_OF_PATH_OPERAND + element(step);
        }
        return size;
    }

    private static int element(Path.Step step) {
        return switch (step) {
            case Path.Field(String name) -> Utf8.length(name);
            case Path.Index(int index) -> Integer.toString(index).length();
        };
    }
}
