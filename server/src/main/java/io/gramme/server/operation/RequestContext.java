package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.server.access.Principal;
import io.gramme.server.table.AccountRegion;
import java.util.Optional;

/**
 * The context of a request that an action receives besides the request itself.
 *
 * @param principal the identity that asks
 * @param accountRegion the account and region whose tables it addresses
 * @param faults the value faults of the request; each action raises them when the service would
 * @param host the host, with a port or without one, that the client addressed
 */
public record RequestContext(
        Principal principal, AccountRegion accountRegion, ValueFaults faults, Optional<String> host) {

    /** The context of a request that does not name the host it is addressed to. */
    public RequestContext(Principal principal, AccountRegion accountRegion, ValueFaults faults) {
        this(principal, accountRegion, faults, Optional.empty());
    }
}
