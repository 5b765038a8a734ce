package io.gramme.server.operation;

import io.gramme.api.DeleteFaultRulesInput;
import io.gramme.api.DeleteFaultRulesOutput;
import io.gramme.tables.fault.FaultRules;

/** Gramme extension: deletes some or all fault rules of an account and region on this server. */
public final class DeleteFaultRules implements Handler<DeleteFaultRulesInput, DeleteFaultRulesOutput> {
    private final FaultRules rules;

    public DeleteFaultRules(FaultRules rules) {
        this.rules = rules;
    }

    @Override
    public DeleteFaultRulesOutput handle(DeleteFaultRulesInput request, RequestContext context) {
        rules.requireAllowed();
        return DeleteFaultRulesOutput.builder()
                .deleted(rules.remove(context.accountRegion(), request.ruleIds()))
                .build();
    }
}
