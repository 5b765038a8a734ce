package io.gramme.security.policy;

import java.util.Optional;

/**
 * What a set of policies decides about a request.
 *
 * @param policy the name of the policy that decided; absent if none did
 * @param statement of that policy
 */
public record Decision(Cause cause, Optional<String> policy, Optional<Statement> statement) {
    static Decision of(Cause cause) {
        return new Decision(cause, Optional.empty(), Optional.empty());
    }

    static Decision of(Cause cause, Verdicts.Hit hit) {
        return new Decision(cause, Optional.of(hit.policy()), Optional.of(hit.statement()));
    }

    public boolean allowed() {
        return cause.allows();
    }

    /**
     * The text with which the service refuses a request. It names no policy and no statement: these are told to the
     * administrator, by the audit log and by simulations.
     */
    public String refusal(AccessRequest request) {
        String base = "User: " + request.principal().arn() + " is not authorized to perform: " + request.action()
                + " on resource: " + request.resource();
        if (cause.allows()) {
            return base;
        }
        return cause.isExplicit()
                ? base + " with an explicit deny in " + cause.policy()
                : base + " because no " + cause.policy() + " allows the " + request.action() + " action";
    }
}
