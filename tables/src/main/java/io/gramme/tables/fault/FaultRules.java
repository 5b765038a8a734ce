package io.gramme.tables.fault;

import io.gramme.core.error.FaultErrors;
import io.gramme.tables.table.AccountRegion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * The fault rules of one server. They are in memory: they end with the server, and other servers of the same tables do
 * not have them. A server that was not started for tests has none and refuses to have any. Safe for use by many threads.
 */
public final class FaultRules {
    /** The most rules of a server: each request is compared with all of them. */
    public static final int MOST = 100;

    private final boolean allowed;
    private final Consumer<Duration> pause;
    private final LongAdder induced = new LongAdder();

    /** Replaced as a whole. */
    private volatile List<LiveRule> rules = List.of();

    /**
     * @param allowed whether the server was started for tests
     * @param pause waits for a time on the thread that calls it
     */
    public FaultRules(boolean allowed, Consumer<Duration> pause) {
        this.allowed = allowed;
        this.pause = pause;
    }

    /** Those of a server that was not started for tests. */
    public static FaultRules forbidden() {
        return new FaultRules(false, _ -> {});
    }

    /** Those of a server that was started for tests. */
    public static FaultRules allowed() {
        return new FaultRules(true, FaultRules::sleep);
    }

    private static void sleep(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException _) {
            // The server is being closed: the request goes on, and ends as all others do.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param matches so many times it has matched, an item of a batch or a transaction each by itself
     * @param induced so many times it had its effect
     */
    public record Counted(FaultRule rule, long matches, long induced) {}

    /** @throws io.gramme.core.error.ApiException unless the server was started for tests */
    public void requireAllowed() {
        if (!allowed) {
            throw FaultErrors.notForTests();
        }
    }

    /** Whether there is any rule. */
    public boolean areThere() {
        return !rules.isEmpty();
    }

    /**
     * Puts a rule into force, instead of one with its id if there is one: it counts from zero.
     *
     * @throws io.gramme.core.error.ApiException LIMIT_EXCEEDED, if there are {@link #MOST} others
     */
    public synchronized Counted put(FaultRule rule) {
        var changed = new ArrayList<>(rules);
        changed.removeIf(one -> is(one, rule.owner(), rule.id()));
        if (changed.size() == MOST) {
            throw FaultErrors.tooMany(MOST);
        }
        var live = new LiveRule(rule);
        changed.add(live);
        rules = List.copyOf(changed);
        return live.counted();
    }

    private static boolean is(LiveRule one, AccountRegion owner, String id) {
        return one.rule().owner().equals(owner) && one.rule().id().equals(id);
    }

    /** The rules of an account and region, the oldest first. */
    public List<Counted> of(AccountRegion owner) {
        return rules.stream()
                .filter(one -> one.rule().owner().equals(owner))
                .map(LiveRule::counted)
                .toList();
    }

    /**
     * Removes rules of an account and region.
     *
     * @param ids empty for all; those that are not there are ignored
     * @return how many there were
     */
    public synchronized int remove(AccountRegion owner, Optional<? extends Collection<String>> ids) {
        var remaining = new ArrayList<>(rules);
        remaining.removeIf(one -> one.rule().owner().equals(owner)
                && (ids.isEmpty() || ids.get().contains(one.rule().id())));
        int removed = rules.size() - remaining.size();
        rules = List.copyOf(remaining);
        return removed;
    }

    /** What the rules may do to a request of an operation of DynamoDB. */
    public FaultRequest request(AccountRegion caller, String operation) {
        List<LiveRule> own = rules.stream()
                .filter(one ->
                        one.rule().owner().equals(caller) && one.rule().scope().hasOperation(operation))
                .toList();
        return new FaultRequest(own, operation, this);
    }

    /** How many times any rule had its effect since the server began: FaultInjectionServiceInducedErrors. */
    public long induced() {
        return induced.sum();
    }

    void countInduced() {
        induced.increment();
    }

    void pause(Duration duration) {
        pause.accept(duration);
    }
}
