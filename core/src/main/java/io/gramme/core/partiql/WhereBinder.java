package io.gramme.core.partiql;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.ConditionBuilder;
import io.gramme.core.expression.Function;
import io.gramme.core.expression.Relation;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import io.gramme.core.partiql.Syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Converts a WHERE clause to a condition, with the checks of every condition. */
final class WhereBinder {
    private static final int MAX_OPERATORS = 300;

    private static final Map<String, Relation> RELATIONS = Map.of(
            "=", Relation.EQUAL,
            "<>", Relation.NOT_EQUAL,
            "<", Relation.LESS,
            "<=", Relation.LESS_OR_EQUAL,
            ">", Relation.GREATER,
            ">=", Relation.GREATER_OR_EQUAL);

    private final Literals literals;
    private final ExpressionErrors errors = ExpressionErrors.inStatement();
    private final ConditionBuilder builder = new ConditionBuilder(errors);
    private int operators;

    private WhereBinder(Literals literals) {
        this.literals = literals;
    }

    static Condition bind(Expr where, Literals literals) {
        return new WhereBinder(literals).condition(where, PartiqlErrors.whereNoCondition());
    }

    /** @param otherwise the error if it is neither true nor false */
    private Condition condition(Expr expr, ApiException otherwise) {
        return switch (expr) {
            case Syntax.Binary(var _, var operator, var _, var _)
            when operator.equals("and") -> new Condition.And(chain(expr, operator));
            case Syntax.Binary(var _, var operator, var _, var _)
            when operator.equals("or") -> new Condition.Or(chain(expr, operator));
            case Syntax.Binary binary -> comparison(binary);
            case Syntax.Not(var inner, var _) -> {
                count();
                yield new Condition.Not(condition(inner, PartiqlErrors.negatesNoCondition()));
            }
            case Syntax.Between(var operand, var low, var high, var _) -> {
                count();
                yield builder.between(operand(operand), operand(low), operand(high));
            }
            case Syntax.In in -> in(in);
            case Syntax.Is is -> is(is);
            case Syntax.Call call -> test(call, otherwise);
            case Syntax.Subquery(var _, var at) -> throw PartiqlErrors.unsupportedToken("SELECT", at.toString());
            case Syntax.Unary(var operator, var _, var _) -> throw PartiqlErrors.operatorInCondition(operator);
            case Syntax.Missing _ -> throw PartiqlErrors.missingCompared();
            case Syntax.Name _, Syntax.Path _, Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _ ->
                throw otherwise;
            case Syntax.Ion _, Syntax.Parameter _, Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _ -> throw otherwise;
        };
    }

    private void count() {
        if (++operators > MAX_OPERATORS) {
            throw errors.tooManyOperators(MAX_OPERATORS);
        }
    }

    /** All operands of a chain of one operator, in the order of the text. */
    private List<Condition> chain(Expr expr, String operator) {
        var parts = new ArrayList<Expr>();
        Expr rest = expr;
        while (rest instanceof Syntax.Binary(var left, var joined, var right, var _) && joined.equals(operator)) {
            count();
            parts.add(right);
            rest = left;
        }
        parts.add(rest);
        return parts.reversed().stream()
                .map(part -> condition(part, PartiqlErrors.operandNoCondition()))
                .toList();
    }

    private Condition comparison(Syntax.Binary binary) {
        Relation relation = RELATIONS.get(binary.operator());
        if (relation == null) {
            throw PartiqlErrors.operatorInCondition(binary.operator());
        }
        count();
        if (relation == Relation.EQUAL || relation == Relation.NOT_EQUAL) {
            Optional<Condition> test = comparedTest(binary.left(), relation, binary.right())
                    .or(() -> comparedTest(binary.right(), relation, binary.left()));
            if (test.isPresent()) {
                return test.get();
            }
        }
        return builder.compare(operand(binary.left()), relation, operand(binary.right()));
    }

    /** {@code attribute_exists(a) = true}: a boolean function and the literal it is compared with. */
    private Optional<Condition> comparedTest(Expr compared, Relation relation, Expr with) {
        if (!(compared instanceof Syntax.Call call)
                || Function.named(call.function())
                        .filter(function -> function.role() == Function.Role.TEST)
                        .isEmpty()
                || !Literals.isLiteral(with)
                || !(literals.value(with) instanceof Value.Bool(boolean wanted))) {
            return Optional.empty();
        }
        Condition test = test(call, PartiqlErrors.operandNoCondition());
        return Optional.of(wanted == (relation == Relation.EQUAL) ? test : new Condition.Not(test));
    }

    private Condition in(Syntax.In in) {
        count();
        List<Expr> candidates = Literals.members(in.candidates());
        if (candidates.isEmpty()) {
            throw PartiqlErrors.candidatesNoSequence();
        }
        return builder.in(
                operand(in.operand()), candidates.stream().map(this::operand).toList());
    }

    /** MISSING tests for an absent attribute; NULL and the other types test an existing one. */
    private Condition is(Syntax.Is is) {
        count();
        Optional<Path> path = Paths.of(is.operand());
        if (path.isEmpty() && !Literals.isLiteral(is.operand())) {
            throw PartiqlErrors.isOfNoAttribute();
        }
        if (is.type().equals("missing")) {
            return path.<Condition>map(Condition.NotExists::new)
                    .orElseThrow(() -> errors.documentPathRequired("attribute_not_exists"));
        }
        return new Condition.HasType(operand(is.operand()), type(is));
    }

    private static Value.Type type(Syntax.Is is) {
        return switch (is.type()) {
            case "null" -> Value.Type.NULL;
            case "bool", "boolean" -> Value.Type.BOOL;
            case "blob" -> Value.Type.B;
            case "string" -> Value.Type.S;
            case "numeric" -> Value.Type.N;
            case "struct", "tuple" -> Value.Type.M;
            case "list" -> Value.Type.L;
            case "int4", "integer4", "int8", "integer8", "bigint" -> throw PartiqlErrors.unsupportedOperation("IsType");
            default ->
                throw PartiqlErrors.unsupportedTypeName(
                        shown(is.type()), is.at().toString());
        };
    }

    private static String shown(String type) {
        return switch (type) {
            case "int" -> "INTEGER";
            case "int2", "integer2" -> "SMALLINT";
            default -> type.toUpperCase(Locale.ROOT);
        };
    }

    private Condition test(Syntax.Call call, ApiException otherwise) {
        Function function = function(call);
        if (function == Function.SIZE) {
            throw otherwise;
        }
        count();
        return builder.test(function, operands(call));
    }

    private static Function function(Syntax.Call call) {
        return Function.named(call.function())
                .orElseThrow(() ->
                        PartiqlErrors.unknownFunction(call.function(), call.at().toString()));
    }

    private List<Operand> operands(Syntax.Call call) {
        return call.operands().stream().map(this::operand).toList();
    }

    private Operand operand(Expr expr) {
        return switch (expr) {
            case Syntax.Name _, Syntax.Path _ -> new Condition.Attribute(Paths.required(expr));
            case Syntax.Call call -> size(call);
            case Syntax.Missing _ -> throw PartiqlErrors.missingCompared();
            case Syntax.Subquery(var _, var at) -> throw PartiqlErrors.unsupportedToken("SELECT", at.toString());
            case Syntax.Unary(var operator, var _, var _) -> throw PartiqlErrors.operatorInCondition(operator);
            case Syntax.Binary(var _, var operator, var _, var _) -> throw PartiqlErrors.operatorInCondition(operator);
            case Syntax.Not _ -> throw PartiqlErrors.operatorInCondition("not");
            case Syntax.Between _ -> throw PartiqlErrors.operatorInCondition("between");
            case Syntax.In _ -> throw PartiqlErrors.operatorInCondition("in");
            case Syntax.Is _ -> throw PartiqlErrors.operatorInCondition("is");
            case Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _, Syntax.Ion _, Syntax.Parameter _ ->
                new Condition.Literal(literals.value(expr));
            case Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _ -> new Condition.Literal(literals.value(expr));
        };
    }

    private Operand size(Syntax.Call call) {
        Function function = function(call);
        if (function.isForUpdates()) {
            throw errors.functionNotAllowedInCondition(function.text());
        }
        if (function != Function.SIZE) {
            throw errors.misplacedFunction(function.text());
        }
        count();
        return builder.size(operands(call));
    }
}
