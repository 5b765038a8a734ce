package io.gramme.security;

import io.gramme.core.identity.Caller;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.Decision;

/** Hears of each request that policies do not allow. It is called by the request's own thread, and must not block. */
@FunctionalInterface
public interface RefusalListener {
    RefusalListener NONE = (_, _, _, _) -> {};

    /** @param enforced whether the caller was refused; otherwise it passed, as policies are only tried */
    void refused(Caller caller, AccessRequest request, Decision decision, boolean enforced);
}
