package io.gramme.security.policy;

import io.gramme.core.identity.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the policies of each kind say about a request, and how that becomes one decision: the section of the IAM guide on
 * evaluation logic, for accounts without organisations.
 */
interface Verdicts {
    /** In this order a denial is named if several deny. */
    List<PolicyKind> DENIALS = List.of(
            PolicyKind.RESOURCE, PolicyKind.TRUST, PolicyKind.IDENTITY, PolicyKind.BOUNDARY, PolicyKind.SESSION);

    /** A statement that applies, and what it grants to a principal of the same account. */
    record Hit(String policy, Statement statement, Grant grant) {}

    /** Whether there are policies of a kind: without a boundary nothing is bounded. */
    boolean has(PolicyKind kind);

    /** The first statement that denies. */
    @Nullable Hit deny(PolicyKind kind);

    /** The first statement that allows; of a resource policy the first of those that grant the most. */
    @Nullable Hit allow(PolicyKind kind);

    static Decision decide(AccessRequest request, Verdicts verdicts) {
        if (request.principal().kind() == Principal.Kind.SERVER) {
            return Decision.of(Cause.SERVER);
        }
        boolean unbound = request.isRoot() && request.isOfOwner() && !verdicts.has(PolicyKind.SESSION);
        if (unbound && request.deletesResourcePolicy()) {
            return Decision.of(Cause.ROOT); // So an owner is never locked out.
        }
        Decision denied = denied(verdicts);
        if (denied != null) {
            return denied;
        }
        return request.isOfOwner() ? inAccount(request, verdicts) : acrossAccounts(request, verdicts);
    }

    private static @Nullable Decision denied(Verdicts verdicts) {
        for (PolicyKind kind : DENIALS) {
            Hit hit = verdicts.deny(kind);
            if (hit != null) {
                return Decision.of(Cause.denied(kind), hit);
            }
        }
        return null;
    }

    private static Decision inAccount(AccessRequest request, Verdicts verdicts) {
        PolicyKind kind = resourceKind(verdicts);
        Hit resource = verdicts.allow(kind);
        if (kind == PolicyKind.TRUST && resource == null) {
            return Decision.of(Cause.NO_TRUST);
        }
        Decision own =
                ownSide(request, verdicts, resource != null && resource.grant == Grant.BOUNDED ? resource : null);
        return !own.allowed() && resource != null && resource.grant == Grant.DIRECT
                ? Decision.of(Cause.RESOURCE_ALLOWS, resource)
                : own;
    }

    private static Decision acrossAccounts(AccessRequest request, Verdicts verdicts) {
        PolicyKind kind = resourceKind(verdicts);
        Decision own = ownSide(request, verdicts, null);
        if (!own.allowed()) {
            return own;
        }
        Hit resource = verdicts.allow(kind);
        if (resource == null) {
            return Decision.of(kind == PolicyKind.TRUST ? Cause.NO_TRUST : Cause.NO_RESOURCE);
        }
        return Decision.of(Cause.RESOURCE_ALLOWS, resource);
    }

    private static PolicyKind resourceKind(Verdicts verdicts) {
        return verdicts.has(PolicyKind.TRUST) ? PolicyKind.TRUST : PolicyKind.RESOURCE;
    }

    /**
     * What the caller's own policies say. If several kinds are silent, a boundary is named first, then a session: which
     * one the service names is not documented.
     *
     * @param instead a statement of a resource policy that counts like one of an identity policy
     */
    private static Decision ownSide(AccessRequest request, Verdicts verdicts, @Nullable Hit instead) {
        if (!request.isRoot() && verdicts.has(PolicyKind.BOUNDARY) && verdicts.allow(PolicyKind.BOUNDARY) == null) {
            return Decision.of(Cause.NO_BOUNDARY);
        }
        if (verdicts.has(PolicyKind.SESSION) && verdicts.allow(PolicyKind.SESSION) == null) {
            return Decision.of(Cause.NO_SESSION);
        }
        if (request.isRoot()) {
            return Decision.of(Cause.ROOT);
        }
        Hit identity = verdicts.allow(PolicyKind.IDENTITY);
        if (identity != null) {
            return Decision.of(Cause.IDENTITY_ALLOWS, identity);
        }
        return instead == null ? Decision.of(Cause.NO_IDENTITY) : Decision.of(Cause.RESOURCE_ALLOWS, instead);
    }
}
