package io.gramme.server.operation;

import io.gramme.api.ConditionalOperator;
import io.gramme.api.ExpectedAttributeValue;
import io.gramme.api.ReturnValue;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.api.wire.ValueFaults;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.Placeholders;
import io.gramme.tables.item.WriteCondition;
import java.util.Map;
import java.util.Optional;

/** The parameters that PutItem and DeleteItem have in common, with the checks that need no table. */
record ConditionParameters(
        Optional<ReturnValue> returnValues,
        Optional<String> expression,
        Optional<Map<String, ExpectedAttributeValue>> expected,
        Optional<ConditionalOperator> operator,
        Optional<ReturnValuesOnConditionCheckFailure> onFailure,
        Placeholders placeholders) {

    /**
     * Checks them in the service's order, and binds the condition if there is one.
     *
     * @param faults of the whole request
     * @param subject the member that names the item to write: Item or Key
     */
    WriteCondition guard(ValueFaults faults, String subject) {
        return Parameters.announced(() -> {
            requireNoNewValues();
            var parameters = new Parameters()
                    .legacy("Expected", expected)
                    .legacy("ConditionalOperator", operator)
                    .expression("ConditionExpression", expression);
            parameters.requireOneKind();
            Conditions.requireOperatorFits(operator, expected.map(Map::size));
            faults.raise(subject, "Expected", "ExpressionAttributeValues");
            placeholders.check(parameters.anyExpression());
            Optional<Condition> condition =
                    Conditions.expected(expected, operator).or(() -> Conditions.expression(expression, placeholders));
            placeholders.requireAllUsed();
            return Conditions.guard(condition, onFailure);
        });
    }

    private void requireNoNewValues() {
        ReturnValue returns = returnValues.orElse(ReturnValue.NONE);
        if (returns != ReturnValue.NONE && returns != ReturnValue.ALL_OLD) {
            throw ParameterErrors.returnValuesNotForThis();
        }
    }

    boolean returnsOld() {
        return returnValues.filter(ReturnValue.ALL_OLD::equals).isPresent();
    }
}
