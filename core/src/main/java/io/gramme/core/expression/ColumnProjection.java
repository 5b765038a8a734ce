package io.gramme.core.expression;

import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Parts of an item as the columns of a row. A path of names is a column by the last of them: {@code a.b} is {@code b}.
 * At an element of a list the name ends, and what the path says beyond is the document in the column: {@code a.l[1].z}
 * and {@code a.l[1].y} are one column {@code l[1]}, a map of two. (Seen with DynamoDB Local.)
 */
public final class ColumnProjection implements Projection {
    private final List<Path> paths;
    private final List<Column> columns;

    ColumnProjection(List<Path> paths) {
        this.paths = List.copyOf(paths);
        var rests = new LinkedHashMap<Path, List<Path>>();
        for (Path path : paths) {
            Path column = column(path);
            rests.computeIfAbsent(column, _ -> new ArrayList<>()).add(rest(path, column));
        }
        this.columns = rests.entrySet().stream().map(Column::of).toList();
    }

    /** @param rest what to show of the column, as of an item that has nothing but it */
    private record Column(String name, Path path, Projection rest) {
        static Column of(Map.Entry<Path, List<Path>> entry) {
            return new Column(nameOf(entry.getKey()), entry.getKey(), Projection.of(entry.getValue()));
        }
    }

    /** The beginning of a path that names its column: all of it, or as far as the first element of a list. */
    private static Path column(Path path) {
        List<Path.Step> steps = path.steps();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Path.Index) {
                return new Path(path.root(), steps.subList(0, i + 1));
            }
        }
        return path;
    }

    private static String nameOf(Path column) {
        String name = column.root();
        for (Path.Step step : column.steps()) {
            switch (step) {
                case Path.Field(String field) -> name = field;
                case Path.Index(int index) -> name += "[" + index + "]";
            }
        }
        return name;
    }

    private static Path rest(Path path, Path column) {
        int known = column.steps().size();
        return new Path(nameOf(column), path.steps().subList(known, path.steps().size()));
    }

    /** The names of the columns, in the order given; one may be there twice. */
    public List<String> names() {
        return columns.stream().map(Column::name).toList();
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
        for (Column column : columns) {
            column.path()
                    .in(item)
                    .flatMap(value ->
                            column.rest().of(Item.of(column.name(), value)).get(column.name()))
                    .ifPresent(value -> row.put(column.name(), value));
        }
        return Item.of(row);
    }
}
