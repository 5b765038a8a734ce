package io.gramme.server.operation;

import io.gramme.api.DescribeEndpointsRequest;
import io.gramme.api.DescribeEndpointsResponse;
import io.gramme.api.Endpoint;
import java.util.List;
import java.util.function.Supplier;

/**
 * Tells clients that discover endpoints to stay where they are. A client goes wherever the answer sends it: an address of
 * the service's own would take its requests away from here, and so would an address of this machine where the client came by
 * way of a proxy or out of a container.
 */
public final class DescribeEndpoints implements Handler<DescribeEndpointsRequest, DescribeEndpointsResponse> {
    private static final long CACHE_PERIOD_IN_MINUTES = 1_440;

    private final Supplier<String> address;

    /** @param address host and port of this server, for a client whose request names no host */
    public DescribeEndpoints(Supplier<String> address) {
        this.address = address;
    }

    @Override
    public DescribeEndpointsResponse handle(DescribeEndpointsRequest request, RequestContext context) {
        String host = context.host().orElseGet(address);
        return new DescribeEndpointsResponse(List.of(new Endpoint(host, CACHE_PERIOD_IN_MINUTES)));
    }
}
