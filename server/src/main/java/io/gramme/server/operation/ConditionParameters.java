package io.gramme.server.operation;

import io.gramme.api.ConditionalOperator;
import io.gramme.api.ExpectedAttributeValue;
import io.gramme.api.ReturnValue;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.api.wire.ValueFaults;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Placeholders;
import io.gramme.server.item.Guard;
import java.util.Map;
import java.util.Optional;

/** The parameters that PutItem and DeleteItem have in common: all that needs no table. */
record ConditionParameters(
        Optional<ReturnValue> returnValues,
        Optional<String> expression,
        Optional<Map<String, ExpectedAttributeValue>> expected,
        Optional<ConditionalOperator> operator,
        Optional<ReturnValuesOnConditionCheckFailure> onFailure,
        Placeholders placeholders) {

    /** Checks them in the service's order, and binds the condition if there is one. */
    Guard guard(ValueFaults faults) {
        return Parameters.announced(() -> {
            ReturnValue returns = returnValues.orElse(ReturnValue.NONE);
            if (returns != ReturnValue.NONE && returns != ReturnValue.ALL_OLD) {
                throw ParameterErrors.returnValuesNotForThis();
            }
            var parameters = new Parameters()
                    .legacy("Expected", expected)
                    .legacy("ConditionalOperator", operator)
                    .expression("ConditionExpression", expression);
            parameters.requireOneKind();
            faults.raise();
            placeholders.check(parameters.anyExpression());
            Optional<Condition> condition = Conditions.of(expression, expected, operator, placeholders);
            placeholders.requireAllUsed();
            return Conditions.guard(condition, onFailure);
        });
    }

    boolean returnsOld() {
        return returnValues.filter(ReturnValue.ALL_OLD::equals).isPresent();
    }
}
