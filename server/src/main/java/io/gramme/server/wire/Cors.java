package io.gramme.server.wire;

import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_MAX_AGE;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS;
import static io.netty.handler.codec.http.HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD;

import io.netty.handler.codec.http.HttpHeaders;

/** What a browser is told: like the service, that any page may call and read the answer. */
final class Cors {
    private static final String MAX_AGE_SECONDS = "172800";

    private Cors() {}

    static void expose(HttpHeaders answer) {
        answer.set(ACCESS_CONTROL_ALLOW_ORIGIN, "*");
        answer.set(
                ACCESS_CONTROL_EXPOSE_HEADERS,
                "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,x-amz-crc32,Date");
    }

    /** The answer to a preflight: whatever is asked for is allowed. */
    static void allow(Request request, HttpHeaders answer) {
        answer.set(ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
        if (request.has(ACCESS_CONTROL_REQUEST_HEADERS)) {
            answer.set(ACCESS_CONTROL_ALLOW_HEADERS, request.header(ACCESS_CONTROL_REQUEST_HEADERS));
        }
        if (request.has(ACCESS_CONTROL_REQUEST_METHOD)) {
            answer.set(ACCESS_CONTROL_ALLOW_METHODS, request.header(ACCESS_CONTROL_REQUEST_METHOD));
        }
    }
}
