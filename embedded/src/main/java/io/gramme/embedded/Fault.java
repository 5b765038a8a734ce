package io.gramme.embedded;

import io.gramme.api.FaultCause;
import io.gramme.api.FaultEffect;
import io.gramme.api.PutFaultRuleInput;
import io.gramme.core.bytes.Bytes;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Value;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A fault rule: makes chosen requests to an embedded Gramme fail, wait, or be throttled. It concerns all requests until
 * it is narrowed down; each of the methods that do so returns a copy. {@link Faults#add} puts it into force.
 */
public final class Fault {
    private final PutFaultRuleInput rule;

    private Fault(PutFaultRuleInput rule) {
        this.rule = rule;
    }

    /** What a throttled request is said to have exceeded. */
    public enum Cause {
        /** The provisioned throughput of a table or index. */
        PROVISIONED,
        /** What one partition serves, or the present capacity of an on-demand table or index. */
        KEY_RANGE,
        /** The maximum that the client has set for an on-demand table or index. */
        ON_DEMAND_MAXIMUM,
        /** The quota of the account. */
        ACCOUNT
    }

    private static Fault of(FaultEffect effect) {
        return new Fault(PutFaultRuleInput.builder().effect(effect).build());
    }

    /** Refuses items for lack of throughput, with the error and the reason that the table's billing mode suggests. */
    public static Fault throttle() {
        return of(FaultEffect.THROTTLE);
    }

    /** Refuses items for lack of throughput, for this cause. */
    public static Fault throttle(Cause cause) {
        return throttle().with(rule -> rule.cause(FaultCause.valueOf(cause.name())));
    }

    /** Answers requests with InternalServerError, status 500. */
    public static Fault internalServerError() {
        return error("InternalServerError");
    }

    /** Answers requests with this error, such as ServiceUnavailableException. */
    public static Fault error(String name) {
        return of(FaultEffect.ERROR).with(rule -> rule.errorName(name));
    }

    /** Lets requests wait before they read or write anything, for one minute at most. */
    public static Fault delay(Duration duration) {
        return of(FaultEffect.DELAY).with(rule -> rule.delayMilliseconds(Math.toIntExact(duration.toMillis())));
    }

    /** Leaves items of BatchGetItem and BatchWriteItem unprocessed. */
    public static Fault unprocessed() {
        return of(FaultEffect.UNPROCESSED);
    }

    /** Refuses items as if a transaction were writing them: writes, and reads of transactions. */
    public static Fault transactionConflict() {
        return of(FaultEffect.TRANSACTION_CONFLICT);
    }

    private Fault with(UnaryOperator<PutFaultRuleInput.Builder> change) {
        return new Fault(change.apply(rule.toBuilder()).build());
    }

    /** Executes the request before it is answered with the error, as if the answer had been lost. */
    public Fault afterExecution() {
        return with(rule -> rule.afterExecution(true));
    }

    /** Answers with this message. */
    public Fault withMessage(String message) {
        return with(rule -> rule.message(message));
    }

    /** Concerns these operations alone: {@code PutItem}. */
    public Fault on(String... operations) {
        return with(rule -> rule.operations(List.of(operations)));
    }

    /** Concerns one table alone, which need not exist yet. */
    public Fault ofTable(String name) {
        return with(rule -> rule.tableName(name));
    }

    /** Concerns the reads of one index of the table, and the writes that change its entries. */
    public Fault ofIndex(String name) {
        return with(rule -> rule.indexName(name));
    }

    /** Concerns the items of one partition key of the table, or of the index. */
    public Fault ofKey(AttributeValue key) {
        return with(rule -> rule.partitionKey(value(key)));
    }

    /** Concerns the items of one partition key of the table, or of the index. */
    public Fault ofKey(String key) {
        return with(rule -> rule.partitionKey(new Value.S(key)));
    }

    private static Value value(AttributeValue key) {
        return switch (key.type()) {
            case S -> new Value.S(key.s());
            case N -> new Value.N(Decimal.parse(key.n()));
            case B -> new Value.B(Bytes.wrap(key.b().asByteArray()));
            default -> throw new IllegalArgumentException("a key is of type S, N or B, not " + key.type());
        };
    }

    /** Has its effect so many times, and none afterwards. */
    public Fault times(long times) {
        return with(rule -> rule.times(times));
    }

    /** Leaves so many alone first. */
    public Fault skipFirst(long matches) {
        return with(rule -> rule.skipFirst(matches));
    }

    /**
     * Has its effect at random.
     *
     * @param probability more than 0 and at most 1
     * @param seed of the random numbers, so that a test can be repeated
     */
    public Fault withProbability(double probability, long seed) {
        return with(rule -> rule.probability(probability).seed(seed));
    }

    PutFaultRuleInput rule() {
        return rule;
    }
}
