package io.gramme.core.expression;

import io.gramme.core.expression.PathTree.Elements;
import io.gramme.core.expression.PathTree.Fields;
import io.gramme.core.expression.PathTree.Leaf;
import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A projection to parts of an item that keep their place in the document, except elements of lists, which close ranks:
 * of {@code l[0], l[5]} a list of two is left. An absent part leaves nothing, no empty parent either.
 */
final class DocumentProjection implements Projection {
    private final List<Path> paths;
    private final Fields tree;

    DocumentProjection(List<Path> paths) {
        this.paths = List.copyOf(paths);
        this.tree = PathTree.of(paths);
    }

    @Override
    public List<Path> paths() {
        return paths;
    }

    @Override
    public Set<String> attributes() {
        return tree.children().keySet();
    }

    @Override
    public Item of(Item item) {
        return Item.of(fields(item.attributes(), tree));
    }

    private static Optional<Value> part(Value value, PathTree tree) {
        return switch (tree) {
            case Leaf _ -> Optional.of(value);
            case Fields fields
            when value instanceof Value.M(var entries) -> {
                Map<String, Value> kept = fields(entries, fields);
                yield kept.isEmpty() ? Optional.empty() : Optional.of(new Value.M(kept));
            }
            case Elements elements
            when value instanceof Value.L(var list) -> {
                List<Value> kept = elements(list, elements);
                yield kept.isEmpty() ? Optional.empty() : Optional.of(new Value.L(kept));
            }
            case Fields _, Elements _ -> Optional.empty();
        };
    }

    private static Map<String, Value> fields(Map<String, Value> entries, Fields tree) {
        var kept = new LinkedHashMap<String, Value>();
        tree.children().forEach((name, child) -> {
            Value value = entries.get(name);
            if (value != null) {
                part(value, child).ifPresent(part -> kept.put(name, part));
            }
        });
        return kept;
    }

    private static List<Value> elements(List<Value> list, Elements tree) {
        var kept = new ArrayList<Value>();
        tree.children()
                .headMap(list.size())
                .forEach((index, child) -> part(list.get(index), child).ifPresent(kept::add));
        return kept;
    }
}
