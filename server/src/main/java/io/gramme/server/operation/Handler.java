package io.gramme.server.operation;

/**
 * One action of the service: a request that fits its model in, a response or an ApiException out. Knows no JSON and no
 * HTTP. The order of its checks is the service's.
 */
@FunctionalInterface
public interface Handler<I, O> {
    O handle(I request, RequestContext context);
}
