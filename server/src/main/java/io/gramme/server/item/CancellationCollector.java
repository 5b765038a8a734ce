package io.gramme.server.item;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.TransactionErrors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Does one thing for each action of a transaction, and answers with the reasons why actions were refused. */
public final class CancellationCollector {
    private CancellationCollector() {}

    /**
     * The results of {@code each}, in order, where all actions are tried: what the stored items decide.
     *
     * @throws ApiException TRANSACTION_CANCELED with a reason for each action; or at once what {@code each} threw, if that
     *     is no reason but the answer to the whole request
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
     * The results of {@code each}, in order, up to the first action that is refused (measured): what needs no stored item.
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
