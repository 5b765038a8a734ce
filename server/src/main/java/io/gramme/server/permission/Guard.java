package io.gramme.server.permission;

import io.gramme.security.Authorizer;
import io.gramme.security.CompiledPolicies;
import io.gramme.security.ResourcePolicyRules;
import io.gramme.security.identity.IdentityPolicies;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Who may do what on a server.
 *
 * @param policies the rules for the policies of tables and streams
 * @param policyPause after a change of such a policy, in which no other is taken
 */
public record Guard(Authorizer authorizer, ResourcePolicyRules policies, Duration policyPause) {
    /** The pause of the service. */
    public static final Duration PAUSE = Duration.ofSeconds(15);

    /** Everything is allowed; policies of tables and streams are kept, and have no effect. */
    public static Guard open(InstantSource clock) {
        var none = new CompiledPolicies(_ -> IdentityPolicies.NONE);
        return new Guard(Authorizer.UNRESTRICTED, new ResourcePolicyRules(none, clock), Duration.ZERO);
    }
}
