package io.gramme.http;

import io.gramme.core.identity.Caller;

/** The step that determines the caller of a request. */
@FunctionalInterface
interface Authenticator {
    /**
     * Returns the caller, or throws the ApiException that refuses the request.
     *
     * @param service the signing name of the service that the request addresses
     */
    Caller authenticate(Request request, String service);
}
