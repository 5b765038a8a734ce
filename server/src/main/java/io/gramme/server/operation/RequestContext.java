package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.server.table.AccountRegion;
import java.util.Optional;

/**
 * What an action knows besides its request.
 *
 * @param accountRegion where the caller's tables are
 * @param faults what is wrong with attribute values in the request; each action raises them when the service would
 * @param host the host, with a port or without one, that the client addressed
 */
public record RequestContext(AccountRegion accountRegion, ValueFaults faults, Optional<String> host) {

    /** Of a request that does not say which host it is addressed to. */
    public RequestContext(AccountRegion accountRegion, ValueFaults faults) {
        this(accountRegion, faults, Optional.empty());
    }
}
