package io.gramme.server.operation;

import io.gramme.api.FaultCause;
import io.gramme.api.FaultEffect;
import io.gramme.api.FaultRuleDescription;
import io.gramme.tables.fault.FaultEffect.Conflict;
import io.gramme.tables.fault.FaultEffect.Delay;
import io.gramme.tables.fault.FaultEffect.Fail;
import io.gramme.tables.fault.FaultEffect.LeaveUnprocessed;
import io.gramme.tables.fault.FaultEffect.Throttle;
import io.gramme.tables.fault.FaultRule;
import io.gramme.tables.fault.FaultRules;
import java.util.Optional;

/** Shows fault rules. */
final class FaultRuleDescriptions {
    private FaultRuleDescriptions() {}

    static FaultRuleDescription of(FaultRules.Counted counted) {
        FaultRule rule = counted.rule();
        FaultRule.Scope scope = rule.scope();
        FaultRule.Frequency frequency = rule.frequency();
        FaultRuleDescription.Builder shown = FaultRuleDescription.builder()
                .ruleId(rule.id())
                .operations(
                        scope.operations().isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        scope.operations().stream().sorted().toList()))
                .tableName(scope.table())
                .indexName(scope.index())
                .partitionKey(scope.partitionKey())
                .skipFirst(frequency.skipFirst())
                .probability(frequency.probability())
                .seed(frequency.seed())
                .matches(counted.matches())
                .inducedFaults(counted.induced());
        frequency.times().ifPresent(shown::times);
        return withEffect(shown, rule).build();
    }

    private static FaultRuleDescription.Builder withEffect(FaultRuleDescription.Builder shown, FaultRule rule) {
        return switch (rule.effect()) {
            case Throttle(var cause) ->
                shown.effect(FaultEffect.THROTTLE).cause(cause.map(chosen -> FaultCause.valueOf(chosen.name())));
            case Fail(var error, var message, var afterExecution) ->
                shown.effect(FaultEffect.ERROR)
                        .errorName(error.shortName())
                        .message(message)
                        .afterExecution(afterExecution);
            case Delay(var duration) ->
                shown.effect(FaultEffect.DELAY).delayMilliseconds(Math.toIntExact(duration.toMillis()));
            case LeaveUnprocessed _ -> shown.effect(FaultEffect.UNPROCESSED);
            case Conflict _ -> shown.effect(FaultEffect.TRANSACTION_CONFLICT);
        };
    }
}
