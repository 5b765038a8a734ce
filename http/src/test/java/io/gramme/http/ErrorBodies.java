package io.gramme.http;

import io.gramme.api.wire.Service;
import io.gramme.core.error.ApiException;

/** The bodies of errors as they are sent, for tests that call operations without the wire. */
public final class ErrorBodies {
    private ErrorBodies() {}

    public static byte[] of(ApiException refusal) {
        return ErrorBody.of(refusal, Service.DYNAMODB);
    }
}
