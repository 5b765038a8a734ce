package io.gramme.recovery.export;

import io.gramme.api.FilterSpecification;
import io.gramme.core.error.ExportErrors;
import io.gramme.core.expression.Condition;
import io.gramme.core.expression.ExpressionKind;
import io.gramme.core.expression.Expressions;
import io.gramme.core.expression.KeyCondition;
import io.gramme.core.expression.Placeholders;
import io.gramme.core.expression.Projection;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.core.key.KeySchema;
import java.util.List;
import java.util.Optional;

/**
 * The part of a table that a filtered export has: the items of one partition key, those that a condition selects, and of
 * each of them some attributes.
 *
 * @param partition the values of the partition key, if the filter names one
 */
public record ExportFilter(
        Optional<List<Value>> partition,
        Optional<Condition> key,
        Optional<Condition> filter,
        Optional<Projection> projection) {

    /** Everything. */
    public static final ExportFilter NONE =
            new ExportFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** @throws io.gramme.core.error.ApiException VALIDATION, if an expression is wrong or does not fit the table */
    public static ExportFilter of(FilterSpecification given, KeySchema schema) {
        if (given.filterExpression().isEmpty()
                && given.keyConditionExpression().isEmpty()
                && given.projectionExpression().isEmpty()) {
            throw ExportErrors.emptyFilter();
        }
        var placeholders = new Placeholders(given.expressionAttributeNames(), given.expressionAttributeValues());
        placeholders.check(true);
        Optional<Condition> filter =
                given.filterExpression().map(text -> Expressions.condition(ExpressionKind.FILTER, text, placeholders));
        Optional<Projection> projection =
                given.projectionExpression().map(text -> Expressions.projection(text, placeholders));
        Optional<KeyCondition.Resolved> key = given.keyConditionExpression()
                .map(text -> Expressions.keyCondition(text, placeholders).resolve(schema));
        placeholders.requireAllUsed();
        if (key.isPresent()) {
            filter.ifPresent(condition -> requireOffKey(condition, schema));
        }
        // A key condition has the form of a condition, with the same meaning.
        Optional<Condition> keyAsCondition = given.keyConditionExpression()
                .map(text -> Expressions.condition(ExpressionKind.FILTER, text, placeholders));
        return new ExportFilter(key.map(KeyCondition.Resolved::partition), keyAsCondition, filter, projection);
    }

    static ExportFilter of(Export export) {
        return export.request()
                .filterSpecification()
                .map(given -> of(given, export.source().key()))
                .orElse(NONE);
    }

    private static void requireOffKey(Condition condition, KeySchema schema) {
        condition.attributes().stream()
                .filter(attribute -> schema.attribute(attribute).isPresent())
                .findFirst()
                .ifPresent(attribute -> {
                    throw ExportErrors.filterOnKey(attribute);
                });
    }

    public boolean matches(Item item) {
        return (key.isEmpty() || key.get().matches(item))
                && (filter.isEmpty() || filter.get().matches(item));
    }

    /** The exported attributes of an item. */
    public Item project(Item item) {
        return projection.map(chosen -> chosen.of(item)).orElse(item);
    }
}
