package io.gramme.security;

import io.gramme.core.error.AccessErrors;
import io.gramme.core.identity.Caller;
import io.gramme.core.identity.Principal;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.ConditionContext;
import io.gramme.security.policy.Decision;
import io.gramme.security.policy.Rules;
import io.gramme.tables.access.Access;
import io.gramme.tables.table.ResourcePolicies;
import io.gramme.tables.table.Table;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** Decides by the policies of callers and resources. It keeps what policies say of an action, never what it decided. */
public final class PolicyAuthorizer implements Authorizer, Access {
    private final CompiledPolicies policies;
    private final InstantSource clock;
    private final boolean enforces;
    private final RefusalListener listener;
    private final LatestRules latest = new LatestRules();

    /** @param enforces otherwise it only reports what it would refuse */
    public PolicyAuthorizer(
            CompiledPolicies policies, InstantSource clock, boolean enforces, RefusalListener listener) {
        this.policies = policies;
        this.clock = clock;
        this.enforces = enforces;
        this.listener = listener;
    }

    @Override
    public boolean decides() {
        return true;
    }

    @Override
    public void require(Caller caller, Permission permission) {
        Resource resource = permission.resource();
        var request = new AccessRequest(caller.principal(), permission.action(), resource.arn(), resource.account());
        Rules rules = policies.rules(request, resource.policy());
        if (permission.items() == Items.FOLLOW) {
            latest.keep(caller, request, resource.policy(), rules);
        }
        switch (rules.outcome()) {
            case ALWAYS -> {}
            case NEVER -> refuse(caller, request, rules.decide(context(caller, permission)));
            case DEPENDS -> {
                switch (permission.items()) {
                    case NONE -> require(caller, request, rules.decide(context(caller, permission)));
                    case MISSING -> require(caller, request, rules.decideWithoutItems(context(caller, permission)));
                    case FOLLOW -> {}
                }
            }
        }
    }

    private ConditionContext context(Caller caller, Permission permission) {
        return new RequestKeys(caller, permission.resource().tags(), permission.keys(), clock.instant());
    }

    @Override
    public void require(Touch touch) {
        Caller caller = touch.caller();
        if (caller.principal().kind() == Principal.Kind.SERVER) {
            return;
        }
        Table table = touch.table();
        String arn = table.arn()
                + touch.index().map(index -> "/index/" + index.name()).orElse("");
        var request = new AccessRequest(
                caller.principal(),
                touch.action().policyName(),
                arn,
                table.accountRegion().account());
        Optional<String> policy = table.settings().policies().text(ResourcePolicies.OF_TABLE);
        Rules known = latest.find(caller, request, policy);
        Rules rules = known == null ? policies.rules(request, policy) : known;
        if (rules.outcome() == Rules.Outcome.ALWAYS) {
            return;
        }
        var others = new RequestKeys(caller, table.settings().tags(), Map.of(), clock.instant());
        require(caller, request, rules.decide(new ItemKeys(touch, others)));
    }

    private void require(Caller caller, AccessRequest request, Decision decision) {
        if (!decision.allowed()) {
            refuse(caller, request, decision);
        }
    }

    private void refuse(Caller caller, AccessRequest request, Decision decision) {
        listener.refused(caller, request, decision, enforces);
        if (enforces) {
            throw AccessErrors.denied(decision.refusal(request));
        }
    }
}
