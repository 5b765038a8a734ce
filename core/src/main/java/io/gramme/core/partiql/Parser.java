package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.partiql.Syntax.Clause;
import io.gramme.core.partiql.Syntax.Expr;
import io.gramme.core.partiql.Syntax.Sentence;
import io.gramme.core.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Parses a statement. An objection to a well-formed but unsupported part is raised after all of it has been read. */
final class Parser {
    private final Cursor cursor;
    private final ExpressionParser expressions;

    private Parser(String text) {
        this.cursor = new Cursor(Lexer.tokens(text));
        this.expressions = new ExpressionParser(cursor, this::select);
    }

    /** @param parameters the number of question marks in the statement */
    record Parsed(Sentence sentence, int parameters) {}

    static Parsed parse(String text) {
        var parser = new Parser(text);
        if (parser.cursor.sees(Kind.END)) {
            throw PartiqlErrors.unreadable();
        }
        Sentence sentence = parser.sentence();
        parser.cursor.expectEnd();
        return new Parsed(sentence, parser.expressions.parameters());
    }

    private Sentence sentence() {
        Token first = cursor.token();
        if (first.kind() != Kind.KEYWORD) {
            return alone();
        }
        return switch (first.text()) {
            case "select" -> select();
            case "insert" -> insert();
            case "update" -> update();
            case "delete" -> delete();
            case "from" -> from();
            case "create", "drop" -> throw definition();
            default -> alone();
        };
    }

    private Sentence alone() {
        Expr expr = expressions.expression();
        return expr instanceof Syntax.Subquery(var select, var _) ? select : new Syntax.Alone(expr);
    }

    private ApiException definition() {
        String verb = cursor.take().text().equals("create") ? "Create" : "Drop";
        if (cursor.sees("table") || cursor.sees("index")) {
            return PartiqlErrors.unsupportedOperation(verb + (cursor.sees("table") ? "Table" : "Index"));
        }
        return PartiqlErrors.malformed("Unexpected token following " + verb.toUpperCase(Locale.ROOT));
    }

    private Syntax.Select select() {
        cursor.take();
        if (cursor.skip("distinct")) {
            cursor.object(PartiqlErrors.unsupportedToken("DISTINCT"));
        } else {
            cursor.skip("all");
        }
        List<Expr> columns = columns();
        cursor.expect("from", "Expected FROM after SELECT list");
        Expr from = source();
        Optional<Expr> where = where();
        List<Syntax.Ordering> orderings = List.of();
        if (cursor.skip("order")) {
            cursor.expect("by", "Expected BY");
            orderings = expressions.list(this::ordering);
        }
        objectToClauses();
        return new Syntax.Select(columns, from, where, orderings);
    }

    private List<Expr> columns() {
        if (cursor.skip("value")) {
            cursor.object(PartiqlErrors.selectValue());
            return List.of(expressions.expression());
        }
        if (!cursor.seesOperator("*")) {
            return expressions.list(this::column);
        }
        cursor.take();
        if (cursor.sees(Kind.COMMA)) {
            throw PartiqlErrors.malformed(
                    "Other expressions may not be present in the select list when '*' is used without dot notation.");
        }
        return List.of();
    }

    private Expr column() {
        Expr column = expressions.expression();
        expressions.objectToAlias();
        return column;
    }

    private Expr source() {
        Expr source = expressions.expression();
        expressions.objectToAlias();
        while (cursor.skip(Kind.COMMA)) {
            expressions.expression();
            expressions.objectToAlias();
            cursor.object(PartiqlErrors.severalSources());
        }
        return source;
    }

    private Optional<Expr> where() {
        return cursor.skip("where") ? Optional.of(expressions.expression()) : Optional.empty();
    }

    private Syntax.Ordering ordering() {
        Expr by = expressions.expression();
        boolean descending = cursor.skip("desc");
        if (!descending) {
            cursor.skip("asc");
        }
        return new Syntax.Ordering(by, descending);
    }

    private void objectToClauses() {
        if (cursor.skip("group")) {
            cursor.expect("by", "Expected BY");
            expressions.list(expressions::expression);
            cursor.object(PartiqlErrors.unsupportedClause("GROUP BY"));
        }
        if (cursor.skip("having")) {
            expressions.expression();
            cursor.object(PartiqlErrors.unsupportedClause("HAVING"));
        }
        if (cursor.skip("limit")) {
            Expr limit = expressions.expression();
            cursor.object(PartiqlErrors.unsupportedClause("LIMIT at " + limit.at()));
        }
    }

    private Sentence insert() {
        Token insert = cursor.take();
        if (!cursor.skip("into")) {
            throw PartiqlErrors.malformed("Unexpected keyword");
        }
        Expr into = expressions.simplePath();
        if (!cursor.skip("value")) {
            // Rows of values, each in parentheses.
            cursor.skip("values");
            expressions.list(expressions::expression);
            cursor.object(PartiqlErrors.unsupportedOperation("InsertOp"));
            return new Syntax.Insert(into, into, Optional.empty());
        }
        Expr item = expressions.expression();
        if (cursor.skip("at")) {
            expressions.expression();
            cursor.object(PartiqlErrors.insertPosition(insert.at().toString()));
        }
        return new Syntax.Insert(into, item, returning());
    }

    private Sentence update() {
        cursor.take();
        Expr table = expressions.simplePath();
        expressions.objectToAlias();
        List<Clause> clauses = clauses();
        Optional<Expr> where = where();
        return new Syntax.Update(table, clauses, where, returning());
    }

    /** The other form of UPDATE: {@code FROM table WHERE condition SET ...}. */
    private Sentence from() {
        cursor.take();
        Expr table = source();
        Optional<Expr> where = where();
        List<Clause> clauses = clauses();
        return new Syntax.Update(table, clauses, where, returning());
    }

    private List<Clause> clauses() {
        var clauses = new ArrayList<Clause>();
        while (true) {
            if (cursor.skip("set")) {
                clauses.addAll(expressions.list(this::assignment));
            } else if (cursor.skip("remove")) {
                clauses.add(new Syntax.Remove(expressions.simplePath()));
            } else if (clauses.isEmpty()) {
                throw PartiqlErrors.malformed("Expected data manipulation");
            } else {
                return clauses;
            }
        }
    }

    private Clause assignment() {
        Expr target = expressions.simplePath();
        if (!cursor.seesOperator("=")) {
            throw PartiqlErrors.malformed("Expected '='");
        }
        cursor.take();
        return new Syntax.Set(target, expressions.expression());
    }

    private Sentence delete() {
        cursor.take();
        cursor.expect("from", "Expected FROM after DELETE");
        Expr table = expressions.simplePath();
        expressions.objectToAlias();
        Optional<Expr> where = where();
        return new Syntax.Delete(table, where, returning());
    }

    private Optional<Returning> returning() {
        if (!cursor.skip("returning")) {
            return Optional.empty();
        }
        List<Returning> elements = expressions.list(this::returned);
        if (elements.size() > 1) {
            cursor.object(PartiqlErrors.returningTwice());
        }
        return Optional.of(elements.getFirst());
    }

    private Returning returned() {
        boolean all = cursor.sees("all");
        boolean old = cursor.after().is(Kind.KEYWORD, "old");
        if ((!all && !cursor.sees("modified")) || (!old && !cursor.after().is(Kind.KEYWORD, "new"))) {
            throw PartiqlErrors.malformed("Expected ( MODIFIED | ALL ) ( NEW | OLD ) in each returning element.");
        }
        cursor.take();
        cursor.take();
        if (cursor.seesOperator("*")) {
            cursor.take();
        } else {
            expressions.expression();
            cursor.object(PartiqlErrors.returningNotAll());
        }
        if (all) {
            return old ? Returning.ALL_OLD : Returning.ALL_NEW;
        }
        return old ? Returning.MODIFIED_OLD : Returning.MODIFIED_NEW;
    }
}
