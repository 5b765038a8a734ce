package io.gramme.tables.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TransactionErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Runs a step for each action of a transaction, and collects the cancellation reasons of the actions that fail. */
public final class CancellationCollector {
    private CancellationCollector() {}

    /**
     * The results of {@code each}, in order. Runs all actions: for checks that depend on the stored items.
     *
     * @throws ApiException TRANSACTION_CANCELED with a reason for each action; or at once the exception of
     *     {@code each}, if that is not a reason but the answer to the whole request
     */
    static <A, R> List<R> collect(List<A> actions, Function<A, R> each) {
        var results = new ArrayList<R>(actions.size());
        var refusals = new ArrayList<Optional<ApiException>>(actions.size());
        for (A action : actions) {
            try {
                results.add(each.apply(action));
                refusals.add(Optional.empty());
            } catch (ApiException refusal) {
                if (!TransactionErrors.isReason(refusal)) {
                    throw refusal;
                }
                refusals.add(Optional.of(refusal));
            }
        }
        if (results.size() < actions.size()) {
            throw TransactionErrors.cancelled(refusals);
        }
        return results;
    }

    /**
     * The results of {@code each}, in order. Stops at the first action that fails (measured): for checks that need no
     * stored item.
     *
     * @throws ApiException as {@link #collect}, with a reason for that action alone
     */
    public static <A, R> List<R> upToFirst(List<A> actions, Function<A, R> each) {
        var results = new ArrayList<R>(actions.size());
        for (A action : actions) {
            try {
                results.add(each.apply(action));
            } catch (ApiException refusal) {
                throw TransactionErrors.isReason(refusal)
                        ? cancelled(actions.size(), results.size(), refusal)
                        : refusal;
            }
        }
        return results;
    }

    private static ApiException cancelled(int actions, int refused, ApiException refusal) {
        List<Optional<ApiException>> refusals = new ArrayList<>(Collections.nCopies(actions, Optional.empty()));
        refusals.set(refused, Optional.of(refusal));
        return TransactionErrors.cancelled(refusals);
    }
}
