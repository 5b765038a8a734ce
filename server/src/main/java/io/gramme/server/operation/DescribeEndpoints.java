package io.gramme.server.operation;

import io.gramme.api.DescribeEndpointsRequest;
import io.gramme.api.DescribeEndpointsResponse;
import io.gramme.api.Endpoint;
import java.util.List;
import java.util.function.Supplier;

/**
 * DescribeEndpoints: returns the address that the client already uses. A client that discovers endpoints follows the
 * answer: an address of the service would divert its requests from this server, and so would an address of this machine
 * if the client connects through a proxy or from a container.
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
