package io.gramme.core.expression;

import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A projection of parts of an item to the columns of a row, each named by the last name of its path and the elements
 * after it: {@code a.b} is {@code b}, {@code a.l[1]} is {@code l[1]}, and {@code a.l[1].z} is {@code z}. (Not captured
 * from the service.)
 */
public final class ColumnProjection implements Projection {
    private final List<Path> paths;

    ColumnProjection(List<Path> paths) {
        this.paths = List.copyOf(paths);
    }

    /** The column name of a path. */
    public static String nameOf(Path column) {
        String name = column.root();
        for (Path.Step step : column.steps()) {
            switch (step) {
                case Path.Field(String field) -> name = field;
                case Path.Index(int index) -> name += "[" + index + "]";
            }
        }
        return name;
    }

    @Override
    public List<Path> paths() {
        return paths;
    }

    @Override
    public Set<String> attributes() {
        var roots = new LinkedHashSet<String>();
        paths.forEach(path -> roots.add(path.root()));
        return roots;
    }

    @Override
    public Item of(Item item) {
        var row = new LinkedHashMap<String, Value>();
        for (Path path : paths) {
            path.in(item).ifPresent(value -> row.put(nameOf(path), value));
        }
        return Item.of(row);
    }
}
