package io.gramme.core.expression;

import io.gramme.core.error.ExpressionErrors;
import io.gramme.core.expression.Update.Literal;
import io.gramme.core.expression.Update.Source;
import io.gramme.core.item.Value;
import java.util.List;

/**
 * Makes the sources of SET of bound operands, and refuses operands that are wrong for every item. It does not depend on
 * the language in which the update was written.
 */
public final class SourceBuilder {
    private final ExpressionErrors errors;

    public SourceBuilder(ExpressionErrors errors) {
        this.errors = errors;
    }

    public Source plus(Source left, Source right) {
        requireType("+", Value.Type.N, left, right);
        return new Update.Plus(left, right);
    }

    public Source minus(Source left, Source right) {
        requireType("-", Value.Type.N, left, right);
        return new Update.Minus(left, right);
    }

    /** @param function one {@link Function#isForUpdates for updates} */
    public Source call(Function function, List<Source> operands) {
        function.requireOperands(operands.size(), errors);
        Source first = operands.getFirst();
        Source second = operands.getLast();
        if (function == Function.LIST_APPEND) {
            requireType(function.text(), Value.Type.L, first, second);
            return new Update.ListAppend(first, second);
        }
        if (first instanceof Update.Attribute(var path)) {
            if (first.equals(second)) {
                throw errors.operandsNotDistinct(function.text(), path);
            }
            return new Update.IfNotExists(path, second);
        }
        throw errors.documentPathRequired(function.text());
    }

    /** Only literals can be checked without the item. */
    private void requireType(String operator, Value.Type type, Source... operands) {
        for (Source operand : operands) {
            if (operand instanceof Literal(var value) && value.type() != type) {
                throw errors.operandType(operator, value.type());
            }
        }
    }
}
