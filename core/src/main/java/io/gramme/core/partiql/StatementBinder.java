package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.ColumnProjection;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Projection;
import io.gramme.core.item.Path;
import io.gramme.core.partiql.Syntax.Expr;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Binds a parsed statement. */
final class StatementBinder {
    private static final int MIN_NAME = 3;
    private static final int MAX_NAME = 255;

    private final Literals literals;

    StatementBinder(Literals literals) {
        this.literals = literals;
    }

    Statement bind(Syntax.Sentence sentence) {
        return switch (sentence) {
            case Syntax.Select select -> select(select);
            case Syntax.Insert insert -> insert(insert);
            case Syntax.Update(var table, var clauses, var where, var returning) ->
                new Statement.Update(written(table), SetBinder.bind(clauses, literals), condition(where), returning);
            case Syntax.Delete delete -> delete(delete);
            case Syntax.Alone(var expr) -> alone(expr);
        };
    }

    private Optional<Condition> condition(Optional<Expr> where) {
        return where.map(expr -> WhereBinder.bind(expr, literals));
    }

    private Statement.Select select(Syntax.Select select) {
        List<String> source = source(select.from());
        Optional<String> index = source.stream().skip(1).findFirst();
        Optional<Projection> projection = projection(select.columns());
        Optional<Condition> where = Optional.empty();
        Optional<ApiException> fault = Optional.empty();
        select.where().filter(_ -> index.isPresent()).ifPresent(literals::require);
        try {
            where = condition(select.where());
        } catch (ApiException e) {
            if (index.isEmpty()) {
                throw e;
            }
            fault = Optional.of(e);
        }
        List<Statement.Ordering> orderings =
                select.orderings().stream().map(StatementBinder::ordering).toList();
        return new Statement.Select(source.getFirst(), index, projection, where, orderings, fault);
    }

    private static Optional<Projection> projection(List<Expr> columns) {
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        List<Path> paths = columns.stream().map(StatementBinder::column).toList();
        var names = new HashSet<String>();
        for (String name : paths.stream().map(ColumnProjection::nameOf).toList()) {
            if (!names.add(name)) {
                throw PartiqlErrors.duplicateColumn(name);
            }
        }
        return Optional.of(Projection.columns(paths, ExpressionErrors.inStatement()));
    }

    private static Path column(Expr column) {
        if (column instanceof Syntax.Path(var _, var steps, var _)) {
            requireNoStar(steps);
        }
        return Paths.required(column);
    }

    private static void requireNoStar(List<Syntax.Step> steps) {
        List<Syntax.Step> leading = steps.subList(0, steps.size() - 1);
        if (steps.stream().anyMatch(Syntax.BracketStar.class::isInstance)
                || leading.stream().anyMatch(Syntax.DotStar.class::isInstance)) {
            throw PartiqlErrors.malformed("Invalid use of * in select list");
        }
        if (steps.getLast() instanceof Syntax.DotStar) {
            throw leading.stream().anyMatch(Syntax.Bracket.class::isInstance)
                    ? PartiqlErrors.malformed("Cannot use [] and * together in SELECT list expression")
                    : PartiqlErrors.unpivotedColumns();
        }
    }

    private static Statement.Ordering ordering(Syntax.Ordering ordering) {
        return switch (ordering.by()) {
            case Syntax.Name(var name, var _) -> new Statement.Ordering(name, ordering.descending());
            case Syntax.Path _ -> throw PartiqlErrors.orderByNoAttribute("PATH");
            case Syntax.Numeral(var digits, var _) -> throw PartiqlErrors.orderByNoAttribute(digits);
            default -> throw PartiqlErrors.orderByNoAttribute(Literals.kind(ordering.by()));
        };
    }

    /** A table, and an index if there is one. */
    private static List<String> source(Expr from) {
        List<String> names = switch (from) {
            case Syntax.Name(var name, var _) -> List.of(name);
            case Syntax.Path path -> names(path);
            default -> throw PartiqlErrors.unexpectedSource();
        };
        if (names.size() > 2) {
            throw PartiqlErrors.sourceTooLong();
        }
        if (names.getFirst().isEmpty()) {
            throw PartiqlErrors.emptyPathComponent();
        }
        if (!names.stream().allMatch(StatementBinder::isName)) {
            throw PartiqlErrors.invalidName();
        }
        return names;
    }

    private static List<String> names(Syntax.Path path) {
        Path names = Paths.required(path);
        return Stream.concat(Stream.of(names.root()), names.steps().stream().map(step -> switch (step) {
                    case Path.Field(String name) -> name;
                    case Path.Index _ -> throw PartiqlErrors.sourceInBrackets();
                }))
                .toList();
    }

    private static boolean isName(String name) {
        return name.length() >= MIN_NAME
                && name.length() <= MAX_NAME
                && name.chars().allMatch(StatementBinder::isPartOfName);
    }

    private static boolean isPartOfName(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_'
                || c == '.';
    }

    private static String written(Expr table) {
        List<String> source = source(table);
        if (source.size() > 1) {
            throw PartiqlErrors.writesIndex();
        }
        return source.getFirst();
    }

    private Statement insert(Syntax.Insert insert) {
        if (!(insert.into() instanceof Syntax.Name)) {
            throw PartiqlErrors.insertsIntoPath();
        }
        String table = written(insert.into());
        if (!(insert.item() instanceof Syntax.Struct struct)) {
            throw PartiqlErrors.itemNoTuple(insert.item().at().toString());
        }
        if (insert.returning().isPresent()) {
            throw PartiqlErrors.returningAfterInsert();
        }
        return new Statement.Insert(table, literals.item(struct));
    }

    private Statement delete(Syntax.Delete delete) {
        String table = written(delete.table());
        delete.returning().filter(returning -> returning != Returning.ALL_OLD).ifPresent(returning -> {
            throw PartiqlErrors.returningNotForDelete(returning.words());
        });
        return new Statement.Delete(table, condition(delete.where()), delete.returning());
    }

    private Statement alone(Expr expr) {
        if (!(expr instanceof Syntax.Call(var function, var operands, var _))) {
            throw PartiqlErrors.unsupportedOperation(
                    Literals.isLiteral(expr) ? literalKind(expr) : Literals.kind(expr));
        }
        if (function.equals("exists")
                && operands.size() == 1
                && operands.getFirst() instanceof Syntax.Subquery(var select, var _)) {
            return new Statement.Exists(select(select));
        }
        throw PartiqlErrors.existsOutsideTransaction();
    }

    private static String literalKind(Expr expr) {
        return switch (expr) {
            case Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _, Syntax.Parameter _ -> Literals.kind(expr);
            default -> "Literal";
        };
    }
}
