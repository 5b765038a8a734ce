package io.gramme.http;

import io.gramme.core.error.ApiException;

/** A handler of whole HTTP requests, independent of sockets. */
interface Door {

    /** Always returns a response, even after a failure inside the handler. */
    Answer answer(Request request);

    /** The response to a request that is refused as a whole. */
    Answer refused(Request request, ApiException refusal);
}
