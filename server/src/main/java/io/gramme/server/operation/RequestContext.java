package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.server.table.World;
import java.util.Optional;

/**
 * What an action knows besides its request.
 *
 * @param world where the caller's tables are
 * @param faults what is wrong with attribute values in the request; each action raises them when the service would
 * @param host the host, with a port or without one, that the client addressed
 */
public record RequestContext(World world, ValueFaults faults, Optional<String> host) {

    /** Of a request that does not say which host it is addressed to. */
    public RequestContext(World world, ValueFaults faults) {
        this(world, faults, Optional.empty());
    }
}
