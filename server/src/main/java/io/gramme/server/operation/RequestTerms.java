package io.gramme.server.operation;

import io.gramme.api.BatchExecuteStatementInput;
import io.gramme.api.BatchGetItemInput;
import io.gramme.api.BatchWriteItemInput;
import io.gramme.api.DeleteItemInput;
import io.gramme.api.ExecuteStatementInput;
import io.gramme.api.ExecuteTransactionInput;
import io.gramme.api.GetItemInput;
import io.gramme.api.PutItemInput;
import io.gramme.api.QueryInput;
import io.gramme.api.ReturnConsumedCapacity;
import io.gramme.api.ReturnValue;
import io.gramme.api.ReturnValuesOnConditionCheckFailure;
import io.gramme.api.ScanInput;
import io.gramme.api.Select;
import io.gramme.api.TransactGetItemsInput;
import io.gramme.api.TransactWriteItemsInput;
import io.gramme.api.UpdateItemInput;
import io.gramme.core.partiql.Returning;
import io.gramme.core.partiql.Statement;
import io.gramme.tables.access.Terms;
import java.util.Optional;

/** What requests ask besides their items, with the values that hold where they do not say it. */
final class RequestTerms {
    private static final String NONE = "NONE";
    private static final String ALL_OLD = "ALL_OLD";

    private RequestTerms() {}

    static Terms of(GetItemInput request) {
        boolean specific = request.projectionExpression().isPresent()
                || request.attributesToGet().isPresent();
        return capacity(request.returnConsumedCapacity()).select(select(specific, false));
    }

    /** Without the Select of each table. */
    static Terms of(BatchGetItemInput request) {
        return capacity(request.returnConsumedCapacity());
    }

    static Terms of(QueryInput request) {
        boolean specific = request.projectionExpression().isPresent()
                || request.attributesToGet().isPresent();
        return read(request.select(), specific, request.indexName().isPresent(), request.returnConsumedCapacity());
    }

    static Terms of(ScanInput request) {
        boolean specific = request.projectionExpression().isPresent()
                || request.attributesToGet().isPresent();
        return read(request.select(), specific, request.indexName().isPresent(), request.returnConsumedCapacity());
    }

    private static Terms read(
            Optional<Select> given, boolean specific, boolean ofIndex, Optional<ReturnConsumedCapacity> capacity) {
        return capacity(capacity)
                .select(given.map(Enum::name).orElseGet(() -> select(specific, ofIndex)))
                // These operations have no such parameter; the service evaluates the key.
                .returnValues(NONE);
    }

    static Terms of(PutItemInput request) {
        return write(
                request.returnValues(),
                request.returnValuesOnConditionCheckFailure(),
                request.returnConsumedCapacity());
    }

    static Terms of(UpdateItemInput request) {
        return write(
                request.returnValues(),
                request.returnValuesOnConditionCheckFailure(),
                request.returnConsumedCapacity());
    }

    static Terms of(DeleteItemInput request) {
        return write(
                request.returnValues(),
                request.returnValuesOnConditionCheckFailure(),
                request.returnConsumedCapacity());
    }

    /** The old image that a failed condition returns counts as one that the write returns: it shows the most. */
    private static Terms write(
            Optional<ReturnValue> given,
            Optional<ReturnValuesOnConditionCheckFailure> onFailure,
            Optional<ReturnConsumedCapacity> capacity) {
        String returned = given.map(Enum::name).orElse(NONE);
        return capacity(capacity).returnValues(showsOld(onFailure) ? ALL_OLD : returned);
    }

    private static boolean showsOld(Optional<ReturnValuesOnConditionCheckFailure> onFailure) {
        return onFailure
                .filter(ReturnValuesOnConditionCheckFailure.ALL_OLD::equals)
                .isPresent();
    }

    static Terms of(BatchWriteItemInput request) {
        return capacity(request.returnConsumedCapacity());
    }

    /** Without the Select of each item. */
    static Terms of(TransactGetItemsInput request) {
        return capacity(request.returnConsumedCapacity()).within("TransactGetItems");
    }

    /** Without what each action returns. */
    static Terms of(TransactWriteItemsInput request) {
        return capacity(request.returnConsumedCapacity()).within("TransactWriteItems");
    }

    /** An action of a transaction, which returns images only if its condition fails. */
    static Terms of(Terms request, Optional<ReturnValuesOnConditionCheckFailure> onFailure) {
        return request.returnValues(showsOld(onFailure) ? ALL_OLD : NONE);
    }

    /** Without what the statement says. */
    static Terms of(ExecuteStatementInput request) {
        return capacity(request.returnConsumedCapacity());
    }

    /** Without what each statement says. */
    static Terms of(BatchExecuteStatementInput request) {
        return capacity(request.returnConsumedCapacity());
    }

    /** Without what each statement says. */
    static Terms of(ExecuteTransactionInput request) {
        return capacity(request.returnConsumedCapacity()).within("ExecuteTransaction");
    }

    /**
     * A statement of such a request.
     *
     * @param onFailure what it returns if its condition fails
     */
    static Terms of(Terms request, Statement statement, Optional<ReturnValuesOnConditionCheckFailure> onFailure) {
        return switch (statement) {
            case Statement.Select select ->
                request.select(
                        select(select.projection().isPresent(), select.index().isPresent()));
            // If it is false, it shows the whole item, not only what it selects.
            case Statement.Exists(var select) ->
                showsOld(onFailure)
                        ? request.select(Select.ALL_ATTRIBUTES.name())
                                .returnValues(ALL_OLD)
                                .fullTableScan(false)
                        : of(request, select, onFailure).fullTableScan(false);
            case Statement.Update update -> request.returnValues(returned(update.returning(), onFailure));
            case Statement.Delete delete -> request.returnValues(returned(delete.returning(), onFailure));
            // INSERT returns nothing: the key has no value for it.
            case Statement.Insert _ -> request;
        };
    }

    private static String returned(
            Optional<Returning> returning, Optional<ReturnValuesOnConditionCheckFailure> onFailure) {
        return showsOld(onFailure) ? ALL_OLD : returning.map(RequestTerms::name).orElse(NONE);
    }

    private static String name(Returning returning) {
        return switch (returning) {
            case ALL_OLD -> ALL_OLD;
            case ALL_NEW -> "ALL_NEW";
            case MODIFIED_OLD -> "UPDATED_OLD";
            case MODIFIED_NEW -> "UPDATED_NEW";
        };
    }

    /** What a read returns of each item if its request does not say it. */
    static String select(boolean specific, boolean ofIndex) {
        if (specific) {
            return Select.SPECIFIC_ATTRIBUTES.name();
        }
        return (ofIndex ? Select.ALL_PROJECTED_ATTRIBUTES : Select.ALL_ATTRIBUTES).name();
    }

    private static Terms capacity(Optional<ReturnConsumedCapacity> given) {
        return Terms.NONE.returnConsumedCapacity(given.map(Enum::name).orElse(NONE));
    }
}
