package io.gramme.server.operation;

import io.gramme.api.ListFaultRulesInput;
import io.gramme.api.ListFaultRulesOutput;
import io.gramme.tables.fault.FaultRules;

/** Gramme extension: lists the fault rules of an account and region on this server, the oldest first. */
public final class ListFaultRules implements Handler<ListFaultRulesInput, ListFaultRulesOutput> {
    private final FaultRules rules;

    public ListFaultRules(FaultRules rules) {
        this.rules = rules;
    }

    @Override
    public ListFaultRulesOutput handle(ListFaultRulesInput request, RequestContext context) {
        rules.requireAllowed();
        return ListFaultRulesOutput.builder()
                .rules(rules.of(context.accountRegion()).stream()
                        .map(FaultRuleDescriptions::of)
                        .toList())
                .inducedFaults(rules.induced())
                .build();
    }
}
