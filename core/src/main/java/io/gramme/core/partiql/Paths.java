package io.gramme.core.partiql;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Path;
import io.gramme.core.partiql.Syntax.Expr;
import java.util.ArrayList;
import java.util.Optional;

/** Converts names and paths of statements to paths of an item. */
final class Paths {
    private Paths() {}

    /** The path of an expression, if it is one. */
    static Optional<Path> of(Expr expr) {
        return switch (expr) {
            case Syntax.Name(var name, var _) -> Optional.of(Path.of(required(name)));
            case Syntax.Path path -> Optional.of(path(path));
            case Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _, Syntax.Missing _, Syntax.Ion _ ->
                Optional.empty();
            case Syntax.Parameter _, Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _, Syntax.Call _ ->
                Optional.empty();
            case Syntax.Subquery _, Syntax.Unary _, Syntax.Not _, Syntax.Binary _, Syntax.Between _ -> Optional.empty();
            case Syntax.In _, Syntax.Is _ -> Optional.empty();
        };
    }

    /** The path of an expression that must be one. */
    static Path required(Expr expr) {
        return of(expr).orElseThrow(
                        () -> PartiqlErrors.unexpectedPathComponent(expr.at().toString()));
    }

    private static Path path(Syntax.Path path) {
        Path root = required(path.root());
        var steps = new ArrayList<>(root.steps());
        for (Syntax.Step step : path.steps()) {
            switch (step) {
                case Syntax.Dot(var name) -> steps.add(new Path.Field(required(name)));
                case Syntax.Bracket(var index) -> steps.add(step(index));
                case Syntax.DotStar(var at) -> throw PartiqlErrors.unpivotInPath(at.toString());
                case Syntax.BracketStar(var at) -> throw PartiqlErrors.wildcardInPath(at.toString());
            }
        }
        if (steps.size() + 1 > ItemSize.MAX_DEPTH) {
            throw ExpressionErrors.inStatement().pathTooDeep(steps.size() + 1);
        }
        return new Path(root.root(), steps);
    }

    private static Path.Step step(Expr index) {
        return switch (index) {
            case Syntax.Text(var name, var _) -> new Path.Field(required(name));
            case Syntax.Numeral(var digits, var at) when isWhole(digits) -> new Path.Index(index(digits, at));
            default -> throw PartiqlErrors.unexpectedPathComponent(index.at().toString());
        };
    }

    private static boolean isWhole(String digits) {
        return digits.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
    }

    private static int index(String digits, Position at) {
        try {
            int index = Integer.parseInt(digits);
            if (index >= 0) {
                return index;
            }
        } catch (NumberFormatException _) {
            // Larger than any list.
        }
        throw PartiqlErrors.listIndexOutOfRange(digits, at.toString());
    }

    private static String required(String name) {
        if (name.isEmpty()) {
            throw PartiqlErrors.emptyPathComponent();
        }
        return name;
    }
}
