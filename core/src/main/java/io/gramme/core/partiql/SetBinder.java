package io.gramme.core.partiql;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.error.PartiqlErrors;
import io.gramme.core.expression.Function;
import io.gramme.core.expression.SourceBuilder;
import io.gramme.core.expression.Update;
import io.gramme.core.expression.Update.Action;
import io.gramme.core.expression.Update.Source;
import io.gramme.core.item.Path;
import io.gramme.core.item.Value;
import io.gramme.core.partiql.Syntax.Clause;
import io.gramme.core.partiql.Syntax.Expr;
import java.util.List;
import java.util.Locale;

/** Converts SET and REMOVE to an update, with the checks of every update. */
final class SetBinder {
    private static final int MAX_OPERATORS = 300;

    private static final String SET_ADD = "set_add";
    private static final String SET_DELETE = "set_delete";

    private final Literals literals;
    private final ExpressionErrors errors = ExpressionErrors.inStatement();
    private final SourceBuilder builder = new SourceBuilder(errors);
    private int operators;

    private SetBinder(Literals literals) {
        this.literals = literals;
    }

    static Update bind(List<Clause> clauses, Literals literals) {
        var binder = new SetBinder(literals);
        List<Action> actions = clauses.stream().map(binder::action).toList();
        return Update.of(actions, binder.errors);
    }

    private Action action(Clause clause) {
        return switch (clause) {
            case Syntax.Remove(var target) -> new Update.Remove(Paths.required(target));
            case Syntax.Set(var target, Syntax.Call call)
            when isSetFunction(call) -> change(Paths.required(target), call);
            case Syntax.Set(var target, var source) -> new Update.Assign(Paths.required(target), source(source));
        };
    }

    private static boolean isSetFunction(Syntax.Call call) {
        return call.function().equals(SET_ADD) || call.function().equals(SET_DELETE);
    }

    private void count() {
        if (++operators > MAX_OPERATORS) {
            throw errors.tooManyOperators(MAX_OPERATORS);
        }
    }

    /** {@code SET a = set_add(a, <<1>>)}: ADD and DELETE in update expressions. */
    private Action change(Path target, Syntax.Call call) {
        count();
        String function = call.function().toUpperCase(Locale.ROOT);
        if (call.operands().size() != 2) {
            throw PartiqlErrors.setFunctionOperands(function, call.at().toString());
        }
        Expr first = call.operands().getFirst();
        Expr second = call.operands().getLast();
        if (!Paths.of(first).filter(target::equals).isPresent()) {
            throw PartiqlErrors.setFunctionTarget(function, call.at().toString());
        }
        // The position of the first argument, as in the service's message.
        if (!Literals.isLiteral(second)) {
            throw PartiqlErrors.setFunctionType(function, first.at().toString());
        }
        Value members = literals.value(second);
        if (!isSet(members)) {
            throw PartiqlErrors.setFunctionType(function, first.at().toString());
        }
        return call.function().equals(SET_ADD) ? new Update.Add(target, members) : new Update.Delete(target, members);
    }

    private static boolean isSet(Value value) {
        return switch (value) {
            case Value.SS _, Value.NS _, Value.BS _ -> true;
            case Value.S _, Value.N _, Value.B _, Value.Bool _, Value.Null _, Value.L _, Value.M _ -> false;
        };
    }

    private Source source(Expr expr) {
        return switch (expr) {
            case Syntax.Name _, Syntax.Path _ -> new Update.Attribute(Paths.required(expr));
            case Syntax.Binary(var left, var operator, var right, var _) -> arithmetic(left, operator, right);
            case Syntax.Call call -> call(call);
            case Syntax.Missing _ -> throw PartiqlErrors.missingCompared();
            case Syntax.Subquery(var _, var at) -> throw PartiqlErrors.unsupportedToken("SELECT", at.toString());
            case Syntax.Unary(var operator, var _, var _) -> throw PartiqlErrors.operatorInUpdate(operator);
            case Syntax.Not _ -> throw PartiqlErrors.operatorInUpdate("not");
            case Syntax.Between _ -> throw PartiqlErrors.operatorInUpdate("between");
            case Syntax.In _ -> throw PartiqlErrors.operatorInUpdate("in");
            case Syntax.Is _ -> throw PartiqlErrors.operatorInUpdate("is");
            case Syntax.Text _, Syntax.Numeral _, Syntax.Flag _, Syntax.Null _, Syntax.Ion _, Syntax.Parameter _ ->
                new Update.Literal(literals.value(expr));
            case Syntax.Sequence _, Syntax.Bag _, Syntax.Struct _ -> new Update.Literal(literals.value(expr));
        };
    }

    private Source arithmetic(Expr left, String operator, Expr right) {
        count();
        return switch (operator) {
            case "+" -> builder.plus(source(left), source(right));
            case "-" -> builder.minus(source(left), source(right));
            default -> throw PartiqlErrors.operatorInUpdate(operator);
        };
    }

    private Source call(Syntax.Call call) {
        Function function = Function.named(call.function())
                .orElseThrow(() ->
                        PartiqlErrors.unknownFunction(call.function(), call.at().toString()));
        if (!function.isForUpdates()) {
            throw errors.functionNotAllowedInUpdate(function.text());
        }
        count();
        return builder.call(function, call.operands().stream().map(this::source).toList());
    }
}
