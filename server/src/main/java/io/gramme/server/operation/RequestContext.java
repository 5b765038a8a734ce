package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.server.table.AccountRegion;
import java.util.Optional;

/**
 * The context of a request that an action receives besides the request itself.
 *
 * @param accountRegion the account and region of the caller's tables
 * @param faults the value faults of the request; each action raises them when the service would
 * @param host the host, with a port or without one, that the client addressed
 */
public record RequestContext(AccountRegion accountRegion, ValueFaults faults, Optional<String> host) {

    /** The context of a request that does not name the host it is addressed to. */
    public RequestContext(AccountRegion accountRegion, ValueFaults faults) {
        this(accountRegion, faults, Optional.empty());
    }
}
