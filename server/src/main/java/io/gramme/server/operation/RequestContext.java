package io.gramme.server.operation;

import io.gramme.api.wire.ValueFaults;
import io.gramme.server.table.World;

/**
 * What an action knows besides its request.
 *
 * @param world where the caller's tables are
 * @param faults what is wrong with attribute values in the request; each action raises them when the service would
 */
public record RequestContext(World world, ValueFaults faults) {}
