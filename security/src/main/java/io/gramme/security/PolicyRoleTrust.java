package io.gramme.security;

import io.gramme.core.identity.Caller;
import io.gramme.security.identity.RoleTrust;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.NamedPolicy;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicyKind;
import io.gramme.security.policy.PolicySet;
import io.gramme.security.policy.Rules;
import java.time.InstantSource;
import java.util.Optional;

/** Decides who may assume a role, by its trust policy and the policies of the caller. */
public final class PolicyRoleTrust implements RoleTrust {
    private final CompiledPolicies policies;
    private final InstantSource clock;

    public PolicyRoleTrust(CompiledPolicies policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    @Override
    public boolean allows(Caller caller, Assumption assumption) {
        Optional<NamedPolicy> trust = assumption.role().policy().flatMap(PolicyRoleTrust::trust);
        if (trust.isEmpty()) {
            return false;
        }
        PolicySet all = policies.policies(caller.principal(), Optional.empty()).withResource(trust);
        var context = new RequestKeys(caller, assumption.role().tags(), assumption.keys(), clock.instant());
        return assumption.actions().stream().allMatch(action -> {
            var request = new AccessRequest(
                    caller.principal(),
                    action,
                    assumption.role().arn(),
                    assumption.role().account());
            return Rules.of(all, request).decide(context).allowed();
        });
    }

    private static Optional<NamedPolicy> trust(String text) {
        try {
            return Optional.of(new NamedPolicy("trust policy", Policy.parse(text, PolicyKind.TRUST)));
        } catch (InvalidPolicyException _) {
            return Optional.empty();
        }
    }
}
