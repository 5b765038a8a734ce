package io.gramme.security;

import io.gramme.core.error.ResourcePolicyErrors;
import io.gramme.core.identity.Caller;
import io.gramme.security.Authorizer.Resource;
import io.gramme.security.policy.CanonicalPolicy;
import io.gramme.security.policy.InvalidPolicyException;
import io.gramme.security.policy.Policy;
import io.gramme.security.policy.PolicySet;
import io.gramme.security.policy.ResourcePolicyChecks;
import io.gramme.security.policy.ResourcePolicyChecks.Target;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The rules for what a resource-based policy of a table or a stream may say. */
public final class ResourcePolicyRules {
    private final CompiledPolicies policies;
    private final InstantSource clock;

    public ResourcePolicyRules(CompiledPolicies policies, InstantSource clock) {
        this.policies = policies;
        this.clock = clock;
    }

    /**
     * Checks a policy.
     *
     * @param resource that is to have it
     * @param locksOut whether it may keep its caller from changing it again
     * @return the text that is stored
     */
    public String checked(String text, Target target, Resource resource, Caller caller, boolean locksOut) {
        Policy policy = parsed(text, target);
        if (ResourcePolicyChecks.publicStatement(policy).isPresent()) {
            throw ResourcePolicyErrors.unbounded();
        }
        String stored = CanonicalPolicy.of(text);
        if (!locksOut) {
            requireAccess(stored, resource, caller);
        }
        return stored;
    }

    private static Policy parsed(String text, Target target) {
        if (text.getBytes(StandardCharsets.UTF_8).length > ResourcePolicyChecks.MAX_BYTES) {
            throw ResourcePolicyErrors.tooLarge(ResourcePolicyChecks.MAX_BYTES);
        }
        try {
            return ResourcePolicyChecks.parse(text, target);
        } catch (InvalidPolicyException invalid) {
            throw ResourcePolicyErrors.invalid(invalid.reason());
        }
    }

    private void requireAccess(String text, Resource resource, Caller caller) {
        PolicySet all = policies.policies(caller.principal(), Optional.of(text));
        var context = new RequestKeys(caller, resource.tags(), Map.of(), clock.instant());
        if (!ResourcePolicyChecks.keepsAccess(all, caller.principal(), resource.arn(), resource.account(), context)) {
            throw ResourcePolicyErrors.lockedOut();
        }
    }
}
