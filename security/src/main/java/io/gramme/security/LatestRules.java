package io.gramme.security;

import io.gramme.core.identity.Caller;
import io.gramme.security.policy.AccessRequest;
import io.gramme.security.policy.Rules;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The rules that requests found before their operations began, for their items: one request, one look-up. A slot is
 * anyone's: the rules of a request are in it, or they are looked up again. Safe for use by many threads.
 */
final class LatestRules {
    private static final int SLOTS = 256;

    private final AtomicReferenceArray<@Nullable Kept> slots = new AtomicReferenceArray<>(SLOTS);

    /** @param caller the object that one request has: another request of the same caller has another */
    private record Kept(Caller caller, AccessRequest request, Optional<String> policy, Rules rules) {}

    void keep(Caller caller, AccessRequest request, Optional<String> policy, Rules rules) {
        slots.setRelease(slot(caller), new Kept(caller, request, policy, rules));
    }

    /** Absent if another request has taken the slot. */
    @SuppressWarnings("ReferenceEquality") // Equal callers are not the same request.
    @Nullable Rules find(Caller caller, AccessRequest request, Optional<String> policy) {
        Kept kept = slots.getAcquire(slot(caller));
        boolean found = kept != null
                && kept.caller == caller
                && kept.request.principal() == request.principal()
                && kept.request.action().equals(request.action())
                && kept.request.resource().equals(request.resource())
                && kept.request.owner().equals(request.owner())
                && kept.policy.equals(policy);
        return found ? kept.rules : null;
    }

    private static int slot(Caller caller) {
        return System.identityHashCode(caller) & (SLOTS - 1);
    }
}
