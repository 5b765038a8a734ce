package io.gramme.server.operation;

import io.gramme.api.Operations;
import io.gramme.api.PutFaultRuleInput;
import io.gramme.api.wire.Service;
import io.gramme.core.error.ErrorCode;
import io.gramme.core.error.FaultErrors;
import io.gramme.core.error.ThrottlingReason.Cause;
import io.gramme.core.item.ItemSize;
import io.gramme.core.item.Value;
import io.gramme.tables.fault.FaultEffect;
import io.gramme.tables.fault.FaultRequest;
import io.gramme.tables.fault.FaultRule.Frequency;
import io.gramme.tables.fault.FaultRule.Scope;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.TableName;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a fault rule may say. */
final class FaultRuleRules {
    private static final String THROTTLE = "THROTTLE";
    private static final String ERROR = "ERROR";
    private static final String DELAY = "DELAY";

    /** The longest partition key of any item, in bytes. */
    private static final int LONGEST_KEY = 2_048;

    private FaultRuleRules() {}

    static Scope scope(PutFaultRuleInput request, AccountRegion caller) {
        Set<String> operations = new LinkedHashSet<>(request.operations().orElse(List.of()));
        operations.forEach(FaultRuleRules::requireOperation);
        Optional<String> table =
                request.tableName().map(given -> TableName.parse(caller, given).name());
        requireTable(table, "IndexName", request.indexName());
        requireTable(table, "PartitionKey", request.partitionKey());
        request.partitionKey().ifPresent(FaultRuleRules::requireKey);
        var scope = new Scope(operations, table, request.indexName(), request.partitionKey());
        request.indexName().ifPresent(_ -> requireItems("IndexName", operations));
        request.partitionKey().ifPresent(_ -> requireItems("PartitionKey", operations));
        switch (request.effect()) {
            case UNPROCESSED -> requirePossible("UNPROCESSED", operations, FaultRequest::isOfBatch);
            case TRANSACTION_CONFLICT -> requirePossible("TRANSACTION_CONFLICT", operations, FaultRequest::canConflict);
            case THROTTLE, ERROR, DELAY -> {}
        }
        return scope;
    }

    private static void requireOperation(String name) {
        if (Stream.of(Service.DYNAMODB, Service.STREAMS)
                .noneMatch(service -> Operations.find(service, name).isPresent())) {
            throw FaultErrors.unknownOperation(name);
        }
    }

    private static void requireTable(Optional<String> table, String member, Optional<?> given) {
        if (given.isPresent() && table.isEmpty()) {
            throw FaultErrors.tableMissing(member);
        }
    }

    private static void requireKey(Value key) {
        switch (key.type()) {
            case S, N, B -> {}
            case SS, NS, BS, BOOL, NULL, L, M -> throw FaultErrors.noKey();
        }
        if (ItemSize.of(key) > LONGEST_KEY) {
            throw FaultErrors.keyTooLong(LONGEST_KEY);
        }
    }

    private static void requireItems(String member, Set<String> operations) {
        operations.stream()
                .filter(name -> !FaultRequest.isOfItems(name))
                .findFirst()
                .ifPresent(name -> {
                    throw FaultErrors.withoutItems(member, name);
                });
    }

    private static void requirePossible(String effect, Set<String> operations, Predicate<String> possible) {
        operations.stream().filter(possible.negate()).findFirst().ifPresent(name -> {
            throw FaultErrors.withoutEffect(effect, name);
        });
    }

    static FaultEffect effect(PutFaultRuleInput request) {
        String effect = request.effect().wire();
        requireOnlyWith(THROTTLE, effect, "Cause", request.cause());
        requireOnlyWith(ERROR, effect, "ErrorName", request.errorName());
        requireOnlyWith(ERROR, effect, "Message", request.message());
        requireOnlyWith(ERROR, effect, "AfterExecution", request.afterExecution());
        requireOnlyWith(DELAY, effect, "DelayMilliseconds", request.delayMilliseconds());
        return switch (request.effect()) {
            case THROTTLE -> new FaultEffect.Throttle(request.cause().map(cause -> Cause.valueOf(cause.name())));
            case ERROR ->
                new FaultEffect.Fail(
                        request.errorName().map(FaultRuleRules::error).orElse(ErrorCode.INTERNAL),
                        request.message(),
                        request.afterExecution().orElse(false));
            case DELAY ->
                new FaultEffect.Delay(
                        Duration.ofMillis(request.delayMilliseconds().orElseThrow(FaultErrors::delayMissing)));
            case UNPROCESSED -> new FaultEffect.LeaveUnprocessed();
            case TRANSACTION_CONFLICT -> new FaultEffect.Conflict();
        };
    }

    private static void requireOnlyWith(String effect, String given, String member, Optional<?> value) {
        if (value.isPresent() && !given.equals(effect)) {
            throw FaultErrors.onlyWith(member, effect);
        }
    }

    /** A cancelled transaction is the effect of refused items: it has a reason for each. */
    private static ErrorCode error(String name) {
        return Stream.of(ErrorCode.values())
                .filter(code -> code != ErrorCode.TRANSACTION_CANCELED)
                .filter(code -> code.shortName().equals(name))
                .findFirst()
                .orElseThrow(() -> FaultErrors.unknownError(name));
    }

    static Frequency frequency(PutFaultRuleInput request) {
        double probability = request.probability().orElse(1.0);
        if (!(probability > 0 && probability <= 1)) {
            throw FaultErrors.improbable();
        }
        OptionalLong times = request.times().map(OptionalLong::of).orElse(OptionalLong.empty());
        return new Frequency(
                request.skipFirst().orElse(0L),
                times,
                probability,
                request.seed().orElse(0L));
    }
}
