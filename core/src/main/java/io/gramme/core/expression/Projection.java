package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.item.Item;
import io.gramme.core.item.Path;
import java.util.List;
import java.util.Set;

/** The parts of an item that a client asked for, and the form in which it gets them. */
public sealed interface Projection permits DocumentProjection, ColumnProjection {

    /**
     * Parts that keep their place in the document.
     *
     * @param paths none leading through another
     */
    static Projection of(List<Path> paths) {
        return new DocumentProjection(paths);
    }

    /**
     * Parts that are columns of a row, each by the name its path ends in.
     *
     * @throws io.gramme.core.error.ApiException VALIDATION, if a path leads through another
     */
    static ColumnProjection columns(List<Path> paths, ExpressionErrors errors) {
        PathTree.requireDisjoint(paths, errors);
        return new ColumnProjection(paths);
    }

    /** In the order given. */
    List<Path> paths();

    /** The top-level attributes it reads, in order of appearance. */
    Set<String> attributes();

    Item of(Item item);
}
