package io.gramme.server.operation;

/**
 * One action of the service: takes a request that matches its model, and returns a response or throws an ApiException.
 * It depends on neither JSON nor HTTP. The order of its checks is the service's.
 */
@FunctionalInterface
public interface Handler<I, O> {
    O handle(I request, RequestContext context);
}
