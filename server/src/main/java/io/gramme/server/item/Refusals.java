package io.gramme.server.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TransactionErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Does one thing for each action of a transaction, and answers for all that were refused at once. */
public final class Refusals {
    private Refusals() {}

    /**
     * The results of {@code each}, in order.
     *
     * @throws ApiException TRANSACTION_CANCELED with a reason for each action; or at once what {@code each} threw, if that
     *     is no reason but the answer to the whole request
     */
    public static <A, R> List<R> collect(List<A> actions, Function<A, R> each) {
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
}
