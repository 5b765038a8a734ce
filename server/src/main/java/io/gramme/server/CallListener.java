package io.gramme.server;

import io.gramme.core.error.ApiException;
import io.gramme.http.Call;
import io.gramme.server.operation.RequestTrace;

/** Learns how calls end. Many threads call it, each at the end of a call. */
interface CallListener {
    CallListener NONE = new CallListener() {
        @Override
        public void succeeded(Call call, RequestTrace trace, long bytes, long nanos) {}

        @Override
        public void failed(Call call, RequestTrace trace, ApiException error, long nanos) {}

        @Override
        public void broke(Call call, RequestTrace trace) {}
    };

    /** @param bytes of the response */
    void succeeded(Call call, RequestTrace trace, long bytes, long nanos);

    void failed(Call call, RequestTrace trace, ApiException error, long nanos);

    /** The server failed, in a way that it has no answer for. */
    void broke(Call call, RequestTrace trace);
}
