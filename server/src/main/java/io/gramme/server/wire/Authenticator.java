package io.gramme.server.wire;

/**
 * Finds out who sent a request. This is where signatures will be verified; until then {@link AnyCredentials} is the
 * only one.
 */
interface Authenticator {
    /** The caller, or the ApiException that refuses the request. */
    Caller authenticate(Request request);
}
