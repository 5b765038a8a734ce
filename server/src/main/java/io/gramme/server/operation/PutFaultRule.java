package io.gramme.server.operation;

import io.gramme.api.PutFaultRuleInput;
import io.gramme.api.PutFaultRuleOutput;
import io.gramme.tables.fault.FaultRule;
import io.gramme.tables.fault.FaultRules;
import io.gramme.tables.table.RandomIds;

/** Gramme extension: puts a fault rule into force on this server, instead of one with its id if there is one. */
public final class PutFaultRule implements Handler<PutFaultRuleInput, PutFaultRuleOutput> {
    private final FaultRules rules;
    private final RandomIds ids;

    public PutFaultRule(FaultRules rules, RandomIds ids) {
        this.rules = rules;
        this.ids = ids;
    }

    @Override
    public PutFaultRuleOutput handle(PutFaultRuleInput request, RequestContext context) {
        rules.requireAllowed();
        context.faults().raise();
        var rule = new FaultRule(
                request.ruleId().orElseGet(ids::next),
                context.accountRegion(),
                FaultRuleRules.scope(request, context.accountRegion()),
                FaultRuleRules.effect(request),
                FaultRuleRules.frequency(request));
        return PutFaultRuleOutput.builder()
                .rule(FaultRuleDescriptions.of(rules.put(rule)))
                .build();
    }
}
