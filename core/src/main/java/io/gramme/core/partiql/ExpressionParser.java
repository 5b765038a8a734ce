package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.Errors;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.partiql.Syntax.Expr;
import io.gramme.core.partiql.Syntax.Step;
import io.gramme.core.partiql.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Parses expressions: OR binds weakest, then AND, NOT, equality, order, sums, products, signs, and steps of a path
 * strongest.
 */
final class ExpressionParser {
    /** The deepest nesting of an expression; values are limited to much less. Each level takes a dozen calls. */
    private static final int MAX_DEPTH = 150;

    /** The most NOTs or signs before an expression, all those around it included. */
    private static final int MAX_PREFIXES = 400;

    /** The most binary operators of a whole statement; a condition is limited to much less. */
    private static final int MAX_OPERATORS = 1_000;

    private static final int MAX_OPERATORS_OF_CONDITION = 300;

    private static final Set<String> FUNCTION_KEYWORDS = Set.of(
            "avg",
            "bag",
            "bit_length",
            "char_length",
            "character_length",
            "coalesce",
            "count",
            "date_add",
            "date_diff",
            "exists",
            "extract",
            "list",
            "lower",
            "max",
            "min",
            "nullif",
            "octet_length",
            "position",
            "sexp",
            "size",
            "substring",
            "sum",
            "trim",
            "upper");

    private static final Set<String> TYPES = Set.of(
            "any",
            "bag",
            "blob",
            "bool",
            "boolean",
            "char",
            "character",
            "clob",
            "date",
            "dec",
            "decimal",
            "double",
            "float",
            "int",
            "integer",
            "list",
            "missing",
            "null",
            "numeric",
            "real",
            "sexp",
            "smallint",
            "string",
            "struct",
            "symbol",
            "time",
            "timestamp",
            "tuple",
            "varchar");

    /** Also names of types, but no keywords: each may also be the name of an attribute. */
    private static final Set<String> SIZED_INTEGERS =
            Set.of("int2", "integer2", "int4", "integer4", "int8", "integer8", "bigint");

    /** Keywords that the parser treats as operators. Only {@code NOT} of them begins an expression. */
    private static final Set<String> OPERATOR_KEYWORDS =
            Set.of("and", "between", "except", "in", "intersect", "is", "like", "or", "union");

    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");
    private static final Set<String> EQUALITIES = Set.of("=", "<>");
    private static final Set<String> SUMS = Set.of("+", "-", "||");
    private static final Set<String> PRODUCTS = Set.of("*", "/", "%");

    private final Cursor cursor;
    private final Supplier<Syntax.Select> subquery;
    private int depth;
    private int prefixes;
    private int operators;
    private int parameters;

    /** @param subquery parses a SELECT, from that word on */
    ExpressionParser(Cursor cursor, Supplier<Syntax.Select> subquery) {
        this.cursor = cursor;
        this.subquery = subquery;
    }

    /** The number of parameters of the statement so far. */
    int parameters() {
        return parameters;
    }

    Expr expression() {
        if (++depth > MAX_DEPTH) {
            throw Errors.nestedTooDeep();
        }
        Expr expr = alternatives();
        depth--;
        return expr;
    }

    private Expr prefixed(Supplier<Expr> operand) {
        if (++prefixes > MAX_PREFIXES) {
            throw Errors.nestedTooDeep();
        }
        Expr expr = operand.get();
        prefixes--;
        return expr;
    }

    private Expr alternatives() {
        Expr left = conjunction();
        while (cursor.sees("or")) {
            left = binary(left, this::conjunction);
        }
        return left;
    }

    private Expr conjunction() {
        Expr left = negation();
        while (cursor.sees("and")) {
            left = binary(left, this::negation);
        }
        return left;
    }

    private Expr negation() {
        if (!cursor.sees("not")) {
            return equality();
        }
        Token not = cursor.take();
        return new Syntax.Not(prefixed(this::negation), not.at());
    }

    private Expr binary(Expr left, Supplier<Expr> operand) {
        Token operator = operator();
        return new Syntax.Binary(left, operator.text(), operand.get(), operator.at());
    }

    private Token operator() {
        if (++operators > MAX_OPERATORS) {
            throw ExpressionErrors.inStatement().tooManyOperators(MAX_OPERATORS_OF_CONDITION);
        }
        Token operator = cursor.take();
        if (cursor.sees(Kind.END)) {
            throw PartiqlErrors.malformed("Missing right-hand side expression of infix operator");
        }
        return operator;
    }

    private boolean seesOneOf(Set<String> signs) {
        return cursor.sees(Kind.OPERATOR) && signs.contains(cursor.token().text());
    }

    private Expr equality() {
        Expr left = order();
        while (true) {
            if (seesOneOf(EQUALITIES)) {
                left = binary(left, this::order);
            } else if (cursor.sees("is")) {
                left = is(left);
            } else if (cursor.sees("in")) {
                left = in(left);
            } else if (cursor.sees("not") && cursor.after().is(Kind.KEYWORD, "in")) {
                Token not = cursor.take();
                left = new Syntax.Not(in(left), not.at());
            } else {
                return left;
            }
        }
    }

    private Expr is(Expr left) {
        Token is = cursor.take();
        boolean negated = cursor.skip("not");
        Expr test = new Syntax.Is(left, type(), is.at());
        return negated ? new Syntax.Not(test, is.at()) : test;
    }

    private String type() {
        Token token = cursor.token();
        String type = token.text().toLowerCase(Locale.ROOT);
        Set<String> types = switch (token.kind()) {
            case KEYWORD -> TYPES;
            case NAME -> SIZED_INTEGERS;
            default -> Set.of();
        };
        if (!types.contains(type)) {
            throw PartiqlErrors.malformed("Expected type name");
        }
        cursor.take();
        return type;
    }

    private Expr in(Expr left) {
        Token in = operator();
        if (cursor.sees(Kind.OPEN) && !cursor.after().is(Kind.KEYWORD, "select")) {
            Token open = cursor.take();
            List<Expr> candidates = list(this::expression);
            cursor.expect(Kind.CLOSE);
            return new Syntax.In(left, new Syntax.Sequence(candidates, open.at()), in.at());
        }
        return new Syntax.In(left, order(), in.at());
    }

    private Expr order() {
        Expr left = sum();
        while (true) {
            if (seesOneOf(ORDERS) || cursor.sees("like")) {
                left = binary(left, this::sum);
            } else if (cursor.sees("between")) {
                left = between(left);
            } else if (cursor.sees("not")
                    && (cursor.after().is(Kind.KEYWORD, "between")
                            || cursor.after().is(Kind.KEYWORD, "like"))) {
                Token not = cursor.take();
                Expr test = cursor.sees("like") ? binary(left, this::sum) : between(left);
                left = new Syntax.Not(test, not.at());
            } else {
                return left;
            }
        }
    }

    private Expr between(Expr left) {
        Token between = operator();
        Expr low = sum();
        cursor.expect("and", "Expected AND");
        if (cursor.sees(Kind.END)) {
            throw PartiqlErrors.malformed("Expected expression after AND");
        }
        return new Syntax.Between(left, low, sum(), between.at());
    }

    private Expr sum() {
        Expr left = product();
        while (seesOneOf(SUMS)) {
            left = binary(left, this::product);
        }
        return left;
    }

    private Expr product() {
        Expr left = signed();
        while (seesOneOf(PRODUCTS)) {
            left = binary(left, this::signed);
        }
        return left;
    }

    /** A sign before a number is part of it. */
    private Expr signed() {
        if (!cursor.seesOperator("-") && !cursor.seesOperator("+")) {
            return path();
        }
        Token sign = cursor.take();
        Expr operand = prefixed(this::signed);
        if (operand instanceof Syntax.Numeral(var digits, var at)) {
            return sign.text().equals("+") ? operand : new Syntax.Numeral(negated(digits), at);
        }
        return new Syntax.Unary(sign.text(), operand, sign.at());
    }

    private static String negated(String digits) {
        return digits.startsWith("-") ? digits.substring(1) : "-" + digits;
    }

    private Expr path() {
        Expr root = term();
        var steps = new ArrayList<Step>();
        while (cursor.sees(Kind.DOT) || cursor.sees(Kind.OPEN_BRACKET)) {
            steps.add(cursor.take().kind() == Kind.DOT ? dotted() : bracketed());
        }
        return steps.isEmpty() ? root : new Syntax.Path(root, steps, root.at());
    }

    /** A table, or the target of an update: a name, and steps that are names or literals. */
    Expr simplePath() {
        if (!cursor.token().isName()) {
            throw PartiqlErrors.malformed("Expected identifier for simple path");
        }
        Token name = cursor.take();
        var root = new Syntax.Name(name.text(), name.at());
        var steps = new ArrayList<Step>();
        while (cursor.sees(Kind.DOT) || cursor.sees(Kind.OPEN_BRACKET)) {
            boolean dot = cursor.take().kind() == Kind.DOT;
            if (cursor.seesOperator("*")) {
                throw PartiqlErrors.malformed(
                        dot ? "Invalid path dot component for simple path" : "Invalid path component for simple path");
            }
            steps.add(dot ? dotted() : bracketed());
        }
        return steps.isEmpty() ? root : new Syntax.Path(root, steps, root.at());
    }

    private Step dotted() {
        if (cursor.token().isName()) {
            return new Syntax.Dot(cursor.take().text());
        }
        if (cursor.seesOperator("*")) {
            return new Syntax.DotStar(cursor.take().at());
        }
        throw PartiqlErrors.malformed("Invalid path dot component");
    }

    private Step bracketed() {
        if (cursor.seesOperator("*")) {
            Token star = cursor.take();
            cursor.expect(Kind.CLOSE_BRACKET);
            return new Syntax.BracketStar(star.at());
        }
        Expr index = expression();
        cursor.expect(Kind.CLOSE_BRACKET);
        return new Syntax.Bracket(index);
    }

    private Expr term() {
        Token token = cursor.token();
        return switch (token.kind()) {
            case KEYWORD -> keyword(token);
            case NAME, QUOTED_NAME ->
                cursor.after().kind() == Kind.OPEN
                        ? call(cursor.take())
                        : new Syntax.Name(cursor.take().text(), token.at());
            case STRING -> new Syntax.Text(cursor.take().text(), token.at());
            case NUMBER -> new Syntax.Numeral(cursor.take().text(), token.at());
            case ION -> new Syntax.Ion(cursor.take().text(), token.at());
            case PARAMETER -> {
                cursor.take();
                yield new Syntax.Parameter(parameters++, token.at());
            }
            case OPEN -> group();
            case OPEN_BRACKET -> new Syntax.Sequence(enclosed(Kind.CLOSE_BRACKET, this::expression), token.at());
            case OPEN_BAG -> new Syntax.Bag(enclosed(Kind.CLOSE_BAG, this::expression), token.at());
            case OPEN_BRACE -> new Syntax.Struct(enclosed(Kind.CLOSE_BRACE, this::field), token.at());
            case OPERATOR -> operatorAlone(token);
            case CLOSE, CLOSE_BRACKET, CLOSE_BAG, CLOSE_BRACE, DOT, COMMA, COLON, SEMICOLON, END ->
                throw PartiqlErrors.malformed("Unexpected term");
        };
    }

    private Expr operatorAlone(Token token) {
        if (token.text().equals("*")) {
            throw PartiqlErrors.malformed("Unexpected term");
        }
        if (!token.text().equals("@")) {
            throw PartiqlErrors.malformed("Unexpected operator");
        }
        cursor.take();
        if (!cursor.token().isName()) {
            throw PartiqlErrors.malformed("Identifier must follow @-operator");
        }
        // The @ marks the name as one of the statement's own; all of them are.
        Token name = cursor.take();
        return new Syntax.Name(name.text(), name.at());
    }

    private Expr keyword(Token token) {
        return switch (token.text()) {
            case "true", "false" -> new Syntax.Flag(cursor.take().text().equals("true"), token.at());
            case "null" -> new Syntax.Null(cursor.take().at());
            case "missing" -> new Syntax.Missing(cursor.take().at());
            case "select" -> new Syntax.Subquery(subquery.get(), token.at());
            case "case", "cast" ->
                throw PartiqlErrors.unsupportedToken(
                        token.text().toUpperCase(Locale.ROOT), token.at().toString());
            case "from" -> throw PartiqlErrors.malformed("Expected data manipulation");
            default -> {
                if (FUNCTION_KEYWORDS.contains(token.text()) && cursor.after().kind() == Kind.OPEN) {
                    yield call(cursor.take());
                }
                throw PartiqlErrors.malformed(
                        OPERATOR_KEYWORDS.contains(token.text()) ? "Unexpected operator" : "Unexpected keyword");
            }
        };
    }

    private Expr call(Token name) {
        String function = name.text().toLowerCase(Locale.ROOT);
        cursor.expect(Kind.OPEN);
        if (function.equals("count") && cursor.seesOperator("*")) {
            cursor.take();
            cursor.expect(Kind.CLOSE);
            return new Syntax.Call(function, List.of(), name.at());
        }
        if (cursor.seesOperator("*")) {
            throw PartiqlErrors.malformed(function + "(*) is not allowed");
        }
        List<Expr> operands = cursor.sees(Kind.CLOSE) ? List.of() : list(this::expression);
        cursor.expect(Kind.CLOSE);
        return switch (function) {
            case "list" -> new Syntax.Sequence(operands, name.at());
            case "bag" -> new Syntax.Bag(operands, name.at());
            default -> new Syntax.Call(function, operands, name.at());
        };
    }

    /** Several expressions in parentheses are a list. */
    private Expr group() {
        Token open = cursor.take();
        if (cursor.sees(Kind.CLOSE)) {
            throw PartiqlErrors.malformed("Unexpected term");
        }
        List<Expr> members = list(this::expression);
        cursor.expect(Kind.CLOSE);
        return members.size() == 1 ? members.getFirst() : new Syntax.Sequence(members, open.at());
    }

    private Syntax.Field field() {
        Expr name = expression();
        cursor.expect(Kind.COLON);
        return new Syntax.Field(name, expression());
    }

    private <T> List<T> enclosed(Kind close, Supplier<T> element) {
        cursor.take();
        List<T> elements = cursor.sees(close) ? List.of() : list(element);
        cursor.expect(close);
        return elements;
    }

    <T> List<T> list(Supplier<T> element) {
        var elements = new ArrayList<T>();
        do {
            elements.add(element.get());
        } while (cursor.skip(Kind.COMMA));
        return elements;
    }

    /** Objects to an alias after an expression. */
    void objectToAlias() {
        ApiException objection = PartiqlErrors.aliasing();
        if (cursor.skip("as") || cursor.skip("at") || cursor.skip("by")) {
            if (!cursor.token().isName()) {
                throw PartiqlErrors.malformed("Expected identifier for AS-alias");
            }
            cursor.take();
            cursor.object(objection);
        } else if (cursor.token().isName()) {
            cursor.take();
            cursor.object(objection);
        }
    }
}
