package io.gramme.server.wire;

import static io.netty.handler.codec.http.HttpHeaderValues.CLOSE;
import static io.netty.handler.codec.http.HttpHeaderValues.KEEP_ALIVE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;

/** Answers as a connection writes them. */
final class Responses {
    /** Names as the service spells them; HTTP does not mind, but somebody's log filter does. */
    private static final AsciiString CONNECTION = AsciiString.cached("Connection");

    private static final AsciiString CONTENT_LENGTH = AsciiString.cached("Content-Length");
    private static final AsciiString DATE = AsciiString.cached("Date");

    private Responses() {}

    /** @param last whether the connection ends with this answer */
    static FullHttpResponse of(Answer answer, HttpMethod method, boolean last, HttpDate date) {
        HttpHeaders headers = answer.headers();
        headers.set(CONTENT_LENGTH, answer.body().length());
        headers.set(DATE, date.now());
        headers.set(CONNECTION, last ? CLOSE : KEEP_ALIVE);
        // To HEAD one says how long the body would be.
        ByteBuf body = method.equals(HttpMethod.HEAD)
                ? Unpooled.EMPTY_BUFFER
                : Unpooled.wrappedBuffer(answer.body().shared());
        return new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, answer.status(), body, headers, EmptyHttpHeaders.INSTANCE);
    }

    /** To a client that asks before it sends a body. */
    static FullHttpResponse goOn() {
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
    }
}
