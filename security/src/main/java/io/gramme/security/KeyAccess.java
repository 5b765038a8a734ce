package io.gramme.security;

import io.gramme.core.identity.Caller;
import io.gramme.security.Authorizer.Resource;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.Cause;
import io.gramme.security.policy.ConditionContext;
import io.gramme.security.policy.Decision;
import io.gramme.security.policy.PolicySet;
import io.gramme.security.policy.Rules;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * Decides who may use a key of KMS. Unlike other resources, a key is closed to its own account too, until its key policy
 * opens it: identity policies, and the root identity, count only where the key policy names the account. A denial in any
 * policy wins.
 */
public final class KeyAccess {
    private final CompiledPolicies policies;
    private final InstantSource clock;
    private final RefusalListener listener;

    public KeyAccess(CompiledPolicies policies, InstantSource clock, RefusalListener listener) {
        this.policies = policies;
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * What the policies say.
     *
     * @param isDenied whether a statement denies, which no grant overcomes
     * @param refusal as the service words it; empty if it is allowed
     */
    public record Answer(boolean allowed, boolean isDenied, String refusal) {}

    /**
     * Decides by policies alone.
     *
     * @param key its policy must be present
     * @param facts the keys of conditions that the request determines, by their names in lower case
     */
    public Answer decide(Caller caller, String action, Resource key, ConditionContext facts) {
        PolicySet all = policies.policies(caller.principal(), key.policy());
        return answer(decide(all, caller, action, key, facts), request(caller, action, key));
    }

    private Decision decide(PolicySet all, Caller caller, String action, Resource key, ConditionContext facts) {
        AccessRequest request = request(caller, action, key);
        ConditionContext context = context(caller, key, facts);
        Decision within = Rules.of(all, request).decide(context);
        if (within.cause() == Cause.RESOURCE_ALLOWS || within.cause() == Cause.SERVER || isExplicit(within)) {
            return within;
        }
        // As if the key were another account's: both sides have to allow, and the key policy that names the account
        // does.
        var across = new AccessRequest(caller.principal(), action, key.arn(), "");
        return Rules.of(all, across).decide(context);
    }

    private static boolean isExplicit(Decision decision) {
        return decision.cause().isExplicit();
    }

    private static AccessRequest request(Caller caller, String action, Resource key) {
        return new AccessRequest(caller.principal(), action, key.arn(), key.account());
    }

    private ConditionContext context(Caller caller, Resource key, ConditionContext facts) {
        var others = new RequestKeys(caller, key.tags(), Map.of(), clock.instant());
        return name -> facts.values(name).or(() -> others.values(name));
    }

    private static Answer answer(Decision decision, AccessRequest request) {
        return new Answer(
                decision.allowed(), isExplicit(decision), decision.allowed() ? "" : decision.refusal(request));
    }

    /** Reports a refusal to the operator, when neither policies nor grants allow a request. */
    public void refused(Caller caller, String action, Resource key, ConditionContext facts) {
        PolicySet all = policies.policies(caller.principal(), key.policy());
        listener.refused(caller, request(caller, action, key), decide(all, caller, action, key, facts), true);
    }

    /** Whether a caller could replace a key policy again after it is stored; if not, it would be locked out. */
    public boolean keepsAccess(Caller caller, Resource key, String policy, ConditionContext facts) {
        var changed = new Resource(key.arn(), key.account(), key.tags(), Optional.of(policy));
        return decide(caller, "kms:PutKeyPolicy", changed, facts).allowed();
    }
}
