package io.gramme.http;

import io.gramme.core.identity.Caller;

/**
 * The step that determines the caller of a request. Signatures will be verified here; until then {@link AnyCredentials}
 * is the only implementation.
 */
interface Authenticator {
    /** Returns the caller, or throws the ApiException that refuses the request. */
    Caller authenticate(Request request);
}
