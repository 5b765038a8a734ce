package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.item.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Several paths as one tree, so that a document is walked once for all of them. */
sealed interface PathTree {
    /** The end of the path with number {@code index}. */
    record Leaf(int index) implements PathTree {}

    /** In the order the paths first name them. */
    record Fields(Map<String, PathTree> children) implements PathTree {
        public Fields {
            children = Collections.unmodifiableMap(new LinkedHashMap<>(children));
        }
    }

    /** In ascending order. */
    record Elements(SortedMap<Integer, PathTree> children) implements PathTree {
        public Elements {
            children = Collections.unmodifiableSortedMap(new TreeMap<>(children));
        }
    }

    /** @param paths {@link #requireDisjoint disjoint} ones */
    static Fields of(List<Path> paths) {
        var byRoot = new LinkedHashMap<String, List<Integer>>();
        for (int i = 0; i < paths.size(); i++) {
            byRoot.computeIfAbsent(paths.get(i).root(), _ -> new ArrayList<>()).add(i);
        }
        var children = new LinkedHashMap<String, PathTree>();
        byRoot.forEach((root, members) -> children.put(root, below(0, members, paths)));
        return new Fields(children);
    }

    /** The tree of those paths that agree in all steps before {@code depth}. */
    private static PathTree below(int depth, List<Integer> members, List<Path> paths) {
        Path first = paths.get(members.getFirst());
        if (first.steps().size() == depth) {
            return new Leaf(members.getFirst());
        }
        var byStep = new LinkedHashMap<Path.Step, List<Integer>>();
        for (int member : members) {
            Path.Step step = paths.get(member).steps().get(depth);
            byStep.computeIfAbsent(step, _ -> new ArrayList<>()).add(member);
        }
        var fields = new LinkedHashMap<String, PathTree>();
        var elements = new TreeMap<Integer, PathTree>();
        byStep.forEach((step, same) -> {
            PathTree child = below(depth + 1, same, paths);
            switch (step) {
                case Path.Field(String name) -> fields.put(name, child);
                case Path.Index(int index) -> elements.put(index, child);
            }
        });
        return elements.isEmpty() ? new Fields(fields) : new Elements(elements);
    }

    /** Refuses paths of which one leads through another, or that use one value both as a list and as a map. */
    static void requireDisjoint(List<Path> paths, ExpressionErrors errors) {
        var byRoot = new HashMap<String, List<Path>>();
        for (Path path : paths) {
            List<Path> earlier = byRoot.computeIfAbsent(path.root(), _ -> new ArrayList<>());
            for (Path other : earlier) {
                requireDisjoint(other, path, errors);
            }
            earlier.add(path);
        }
    }

    private static void requireDisjoint(Path one, Path two, ExpressionErrors errors) {
        int common = Math.min(one.steps().size(), two.steps().size());
        for (int i = 0; i < common; i++) {
            Path.Step a = one.steps().get(i);
            Path.Step b = two.steps().get(i);
            if (a.getClass() != b.getClass()) {
                throw errors.conflictingPaths(one, two);
            }
            if (!a.equals(b)) {
                return;
            }
        }
        throw errors.overlappingPaths(one, two);
    }
}
