package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Syntax.DocumentPath;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import java.util.ArrayList;

/** Replaces the aliases of an expression with the names and values of its request. */
final class Binder {
    private final Placeholders placeholders;
    private final ExpressionErrors errors;

    Binder(Placeholders placeholders, ExpressionErrors errors) {
        this.placeholders = placeholders;
        this.errors = errors;
    }

    ExpressionErrors errors() {
        return errors;
    }

    Value value(Syntax.ValueAlias alias) {
        return placeholders.value(alias.alias()).orElseThrow(() -> errors.undefinedValue(alias.alias()));
    }

    Path path(DocumentPath path) {
        var steps = new ArrayList<Path.Step>(path.parts().size());
        for (Syntax.Part part : path.parts()) {
            steps.add(step(part));
        }
        if (steps.size() > ItemSize.MAX_DEPTH) {
            throw errors.pathTooDeep(steps.size());
        }
        // The parser ensures that no path begins with an element.
        if (!(steps.getFirst() instanceof Path.Field(String root))) {
            throw new IllegalStateException("path=" + path);
        }
        return new Path(root, steps.subList(1, steps.size()));
    }

    private Path.Step step(Syntax.Part part) {
        return switch (part) {
            case Syntax.Name(var name) -> new Path.Field(name);
            case Syntax.NameAlias(var alias) ->
                new Path.Field(placeholders.name(alias).orElseThrow(() -> errors.undefinedName(alias)));
            case Syntax.Element(var digits) -> new Path.Index(Integer.parseInt(digits));
        };
    }
}
