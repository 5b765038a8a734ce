package io.gramme.server.operation;

import io.gramme.api.ConditionalOperator;
import io.gramme.api.Select;
import io.gramme.core.error.ParameterErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.ExpressionKind;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.expression.legacy.Legacy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The filter and projection parameters that queries and scans share, not yet validated against a table.
 *
 * @param filterName the name of the legacy filter parameter: QueryFilter or ScanFilter
 */
record ReadParameters(
        Optional<Select> select,
        Optional<String> projectionExpression,
        Optional<List<String>> attributesToGet,
        Optional<String> filterExpression,
        String filterName,
        Optional<Map<String, io.gramme.api.Condition>> legacyFilter,
        Optional<ConditionalOperator> operator) {

    /** The parameters of both kinds, with every expression bound. */
    record Bound(
            Optional<Select> select,
            Optional<Projection> projection,
            Optional<Condition> filter,
            String filterParameter) {}

    Parameters kinds() {
        return new Parameters()
                .legacy("AttributesToGet", attributesToGet)
                .legacy(filterName, legacyFilter)
                .legacy("ConditionalOperator", operator)
                .expression("ProjectionExpression", projectionExpression)
                .expression("FilterExpression", filterExpression);
    }

    /** Rejects a Select that contradicts the presence or absence of a projection. */
    void requireSelectFits(boolean withIndex) {
        boolean named = projectionExpression.isPresent() || attributesToGet.isPresent();
        String parameter = projectionExpression.isPresent() ? "ProjectionExpression" : "AttributesToGet";
        if (select.isEmpty()) {
            return;
        }
        switch (select.get()) {
            case SPECIFIC_ATTRIBUTES -> {
                if (!named) {
                    throw ParameterErrors.projectionMissing();
                }
            }
            case ALL_PROJECTED_ATTRIBUTES -> {
                requireNotNamed(named, parameter, "ALL_PROJECTED_ATTRIBUTES");
                if (!withIndex) {
                    throw ParameterErrors.projectedOnlyFromIndex();
                }
            }
            case ALL_ATTRIBUTES -> requireNotNamed(named, parameter, "ALL_ATTRIBUTES");
            case COUNT -> requireNotNamed(named, parameter, "only the Count");
        }
    }

    private static void requireNotNamed(boolean named, String parameter, String chosen) {
        if (named) {
            throw ParameterErrors.projectionNotForSelect(parameter, chosen);
        }
    }

    void requireOperatorFits() {
        Conditions.requireOperatorFits(operator, legacyFilter.map(Map::size));
    }

    /** Binds the filter first, and then the projection. */
    Bound bind(Placeholders placeholders) {
        Optional<Condition> filter = filterExpression
                .map(text -> Expressions.condition(ExpressionKind.FILTER, text, placeholders))
                .or(this::boundLegacyFilter);
        Optional<Projection> projection = projectionExpression
                .map(text -> Expressions.projection(text, placeholders))
                .or(() -> attributesToGet.map(Legacy::attributesToGet));
        return new Bound(select, projection, filter, legacyFilter.isPresent() ? filterName : "FilterExpression");
    }

    private Optional<Condition> boundLegacyFilter() {
        return legacyFilter
                .filter(conditions -> !conditions.isEmpty())
                .map(conditions -> Legacy.filter(LegacyTypes.conditions(conditions), LegacyTypes.operator(operator)));
    }
}
