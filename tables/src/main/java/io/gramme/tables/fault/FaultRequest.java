package io.gramme.tables.fault;

import io.gramme.core.error.ApiException;
import io.gramme.core.error.FaultErrors;
import io.gramme.core.error.TransactionErrors;
import io.gramme.storage.RowKey;
import io.gramme.tables.access.Access.Touch;
import io.gramme.tables.item.Change;
import io.gramme.tables.item.ReadTarget;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the rules do to one request. A rule that waits or fails decides once for a request; one that concerns items
 * decides once for each of them, however often their transaction runs. Safe for use by the threads of a request.
 */
public final class FaultRequest {
    /** The operations on items: rules meet them where their items are known. */
    private static final Set<String> OF_ITEMS = Set.of(
            "GetItem",
            "BatchGetItem",
            "Query",
            "Scan",
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "BatchWriteItem",
            "TransactGetItems",
            "TransactWriteItems",
            "ExecuteStatement",
            "BatchExecuteStatement",
            "ExecuteTransaction");

    /** The operations that leave items unprocessed. */
    private static final Set<String> OF_BATCHES = Set.of("BatchGetItem", "BatchWriteItem");

    private static final ScopedValue<FaultRequest> CURRENT = ScopedValue.newInstance();

    private final List<LiveRule> rules;
    private final String operation;
    private final FaultRules counters;

    // Guarded by this.
    private final Set<LiveRule> decided = new HashSet<>();
    private final Map<Written, Boolean> writes = new HashMap<>();
    private Optional<ApiException> afterwards = Optional.empty();
    private Duration delayed = Duration.ZERO;

    /** A rule, and an item of the request that it matches. */
    private record Written(LiveRule rule, RowKey row) {}

    FaultRequest(List<LiveRule> rules, String operation, FaultRules counters) {
        this.rules = rules;
        this.operation = operation;
        this.counters = counters;
    }

    /** Whether rules can leave items of this operation unprocessed. */
    public static boolean isOfBatch(String operation) {
        return OF_BATCHES.contains(operation);
    }

    /** Whether a transaction conflict can be the answer of this operation. */
    public static boolean canConflict(String operation) {
        return switch (operation) {
            case "PutItem",
                    "UpdateItem",
                    "DeleteItem",
                    "TransactGetItems",
                    "TransactWriteItems",
                    "ExecuteStatement",
                    "BatchExecuteStatement",
                    "ExecuteTransaction" -> true;
            default -> false;
        };
    }

    /** Whether this operation reads or writes items, so that a rule can select some of them. */
    public static boolean isOfItems(String operation) {
        return OF_ITEMS.contains(operation);
    }

    /** The request that this thread answers, if rules may concern it. */
    static Optional<FaultRequest> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * Answers the request under the rules.
     *
     * @param tables the names of the tables that it addresses; asked for only if it is none of items
     */
    public byte[] answer(Supplier<Set<String>> tables, Supplier<byte[]> handler) {
        if (rules.isEmpty()) {
            return handler.get();
        }
        if (!isOfItems(operation)) {
            arrived(tables);
        }
        byte[] answer = ScopedValue.where(CURRENT, this).call(handler::get);
        requireNotFailed();
        return answer;
    }

    private static boolean isOfItems(FaultEffect effect) {
        return switch (effect) {
            case FaultEffect.LeaveUnprocessed _, FaultEffect.Conflict _ -> true;
            case FaultEffect.Throttle _, FaultEffect.Fail _, FaultEffect.Delay _ -> false;
        };
    }

    private void arrived(Supplier<Set<String>> tables) {
        for (LiveRule rule : rules) {
            FaultRule.Scope scope = rule.rule().scope();
            if (!isOfItems(rule.rule().effect())
                    && scope.isOfWholeRequests()
                    && (scope.table().isEmpty()
                            || tables.get().contains(scope.table().get()))) {
                ofWhole(rule);
            }
        }
    }

    private synchronized void requireNotFailed() {
        if (afterwards.isPresent()) {
            throw afterwards.get();
        }
    }

    /** Called before a request reads or writes any of these items. */
    void touched(Touch touch) {
        for (LiveRule rule : rules) {
            boolean ofWhole = rule.rule().effect() instanceof FaultEffect.Delay
                    || rule.rule().effect() instanceof FaultEffect.Fail;
            if (ofWhole && Matching.matches(rule.rule().scope(), touch)) {
                ofWhole(rule);
            }
        }
    }

    private void ofWhole(LiveRule rule) {
        if (!decideOnce(rule)) {
            return;
        }
        switch (rule.rule().effect()) {
            case FaultEffect.Throttle _ -> throw induced(FaultErrors.rateExceeded());
            case FaultEffect.Fail fail -> fail(fail);
            case FaultEffect.Delay(Duration duration) -> {
                counters.countInduced();
                counters.pause(withinLongest(duration));
            }
            case FaultEffect.LeaveUnprocessed _, FaultEffect.Conflict _ -> {
                // They concern items alone.
            }
        }
    }

    private synchronized boolean decideOnce(LiveRule rule) {
        return decided.add(rule) && rule.decide();
    }

    private void fail(FaultEffect.Fail fail) {
        ApiException error = induced(FaultErrors.induced(fail.error(), fail.message()));
        if (!fail.afterExecution()) {
            throw error;
        }
        synchronized (this) {
            afterwards = Optional.of(error);
        }
    }

    private synchronized Duration withinLongest(Duration duration) {
        Duration left = FaultEffect.LONGEST_DELAY.minus(delayed);
        Duration granted = duration.compareTo(left) > 0 ? left : duration;
        delayed = delayed.plus(granted);
        return granted;
    }

    private ApiException induced(ApiException error) {
        counters.countInduced();
        return error;
    }

    /** @param hash of the partition key that is to be read */
    void admitRead(ReadTarget target, long hash) {
        boolean conflicts = operation.equals("TransactGetItems") || operation.equals("ExecuteTransaction");
        for (LiveRule rule : rules) {
            FaultRule.Scope scope = rule.rule().scope();
            if (concernsItems(rule, conflicts) && Matching.matches(scope, target, hash) && rule.decide()) {
                throw refusal(rule, new Matching.Hit(target.table(), target.index(), false));
            }
        }
    }

    void admitWrite(Change change) {
        for (LiveRule rule : rules) {
            if (concernsItems(rule, canConflict(operation))) {
                Matching.@Nullable Hit hit = Matching.hit(rule.rule().scope(), change);
                if (hit != null && decideOnce(rule, change.row())) {
                    throw refusal(rule, hit);
                }
            }
        }
    }

    private synchronized boolean decideOnce(LiveRule rule, RowKey row) {
        return writes.computeIfAbsent(new Written(rule, row), _ -> rule.decide());
    }

    private boolean concernsItems(LiveRule rule, boolean conflicts) {
        return switch (rule.rule().effect()) {
            case FaultEffect.Throttle _ -> true;
            case FaultEffect.LeaveUnprocessed _ -> isOfBatch(operation);
            case FaultEffect.Conflict _ -> conflicts;
            case FaultEffect.Fail _, FaultEffect.Delay _ -> false;
        };
    }

    private ApiException refusal(LiveRule rule, Matching.Hit hit) {
        return induced(
                switch (rule.rule().effect()) {
                    case FaultEffect.Throttle(var cause) -> hit.throttled(cause);
                    case FaultEffect.LeaveUnprocessed _ -> FaultErrors.leftUnprocessed();
                    case FaultEffect.Conflict _ -> TransactionErrors.conflict();
                    case FaultEffect.Fail _, FaultEffect.Delay _ -> throw new IllegalStateException("not of items");
                });
    }
}
