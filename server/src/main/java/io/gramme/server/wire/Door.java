package io.gramme.server.wire;

import io.gramme.core.error.ApiException;

/** Turns whole requests into answers. Knows no sockets. */
interface Door {

    /** Always answers, whatever goes wrong behind it. */
    Answer answer(Request request);

    /** The answer to a request that is refused as a whole. */
    Answer refused(Request request, ApiException refusal);
}
