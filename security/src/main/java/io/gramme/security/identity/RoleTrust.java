package io.gramme.security.identity;

import io.gramme.core.identity.Caller;
import io.gramme.security.Authorizer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Decides who may assume a role: by its trust policy and, where that names the account alone, the caller's policies. */
@FunctionalInterface
public interface RoleTrust {
    /** For a server that verifies no credentials: all callers are roots of accounts there. */
    RoleTrust UNRESTRICTED = new RoleTrust() {
        @Override
        public boolean allows(Caller caller, Assumption assumption) {
            return true;
        }

        @Override
        public boolean admitsRoots() {
            return true;
        }
    };

    /**
     * A role that is to be assumed.
     *
     * @param role with its trust policy as its resource-based policy
     * @param actions that have to be allowed: {@code sts:AssumeRole}, and {@code sts:TagSession} or {@code
     *     sts:SetSourceIdentity} if the session is to have such
     * @param keys of conditions that the request determines, by their names in lower case: {@code sts:externalid}
     */
    record Assumption(Authorizer.Resource role, Set<String> actions, Map<String, List<String>> keys) {
        public Assumption {
            actions = Set.copyOf(actions);
            keys = Map.copyOf(keys);
        }
    }

    boolean allows(Caller caller, Assumption assumption);

    /** Whether the root of an account may assume roles; the service refuses that before it asks any policy. */
    default boolean admitsRoots() {
        return false;
    }
}
