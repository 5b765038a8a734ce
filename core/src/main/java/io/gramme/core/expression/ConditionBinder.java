package io.gramme.core.expression;

import io.gramme.core.expression.Condition.Attribute;
import io.gramme.core.expression.Condition.Literal;
import io.gramme.core.expression.Condition.Operand;
import io.gramme.core.expression.Syntax.Call;
import io.gramme.core.expression.Syntax.Test;
import java.util.List;

/** Binds a condition from left to right. */
final class ConditionBinder {
    private final Binder binder;
    private final ConditionBuilder builder;

    private ConditionBinder(Binder binder) {
        this.binder = binder;
        this.builder = new ConditionBuilder(binder.errors());
    }

    static Condition bind(Test condition, Binder binder) {
        return new ConditionBinder(binder).condition(condition);
    }

    private Condition condition(Test test) {
        return switch (test) {
            case Syntax.All(var tests) -> new Condition.And(conditions(tests));
            case Syntax.Any(var tests) -> new Condition.Or(conditions(tests));
            case Syntax.Negation(var inner) -> new Condition.Not(condition(inner));
            case Syntax.Comparison(var left, var relation, var right) ->
                builder.compare(operand(left), relation, operand(right));
            case Syntax.Between(var operand, var low, var high) ->
                builder.between(operand(operand), operand(low), operand(high));
            case Syntax.In(var operand, var candidates) -> builder.in(operand(operand), operands(candidates));
            case Call call -> builder.test(function(call), operands(call.operands()));
        };
    }

    private List<Condition> conditions(List<Test> tests) {
        return tests.stream().map(this::condition).toList();
    }

    private static Function function(Call call) {
        // The inspector has refused unknown ones.
        return Function.named(call.function()).orElseThrow();
    }

    private List<Operand> operands(List<Syntax.Operand> operands) {
        return operands.stream().map(this::operand).toList();
    }

    private Operand operand(Syntax.Operand operand) {
        return switch (operand) {
            case Syntax.ValueAlias alias -> new Literal(binder.value(alias));
            case Syntax.DocumentPath path -> new Attribute(binder.path(path));
            // The inspector has refused all others but size.
            case Call call -> builder.size(operands(call.operands()));
        };
    }
}
