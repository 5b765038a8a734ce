package io.gramme.core.item;

import java.util.List;
import java.util.Optional;

/** The location of a value inside an item: {@code orders[0].price}. */
public record Path(String root, List<Step> steps) {
    public sealed interface Step {}

    public record Field(String name) implements Step {}

    public record Index(int index) implements Step {}

    public Path {
        steps = List.copyOf(steps);
    }

    public static Path of(String root) {
        return new Path(root, List.of());
    }

    public boolean isTopLevel() {
        return steps.isEmpty();
    }

    /** The value at this path; empty if a step leads nowhere. */
    public Optional<Value> in(Item item) {
        Optional<Value> at = item.get(root);
        for (Step step : steps) {
            if (at.isEmpty()) {
                return at;
            }
            at = descend(at.get(), step);
        }
        return at;
    }

    private static Optional<Value> descend(Value value, Step step) {
        return switch (step) {
            case Field(String name)
            when value instanceof Value.M(var entries) -> Optional.ofNullable(entries.get(name));
            case Index(int i)
            when value instanceof Value.L(var elements) && i < elements.size() -> Optional.of(elements.get(i));
            case Field _, Index _ -> Optional.empty();
        };
    }
}
