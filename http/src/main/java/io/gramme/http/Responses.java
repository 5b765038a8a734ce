package io.gramme.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gramme.http.Answer.Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * The encoder of responses: it writes head and body into one buffer outside the heap, which the socket can send
 * directly.
 *
 * <p>The road not taken is the HTTP encoder of Netty, which requires a map of headers for each response.
 */
final class Responses {
    private static final byte[] VERSION = "HTTP/1.1 ".getBytes(US_ASCII);
    private static final ByteBuf GO_ON = Unpooled.unreleasableBuffer(
            Unpooled.copiedBuffer("HTTP/1.1 100 Continue\r\n\r\n", US_ASCII).asReadOnly());
    private static final int USUAL_HEAD_BYTES = 320;

    private Responses() {}

    /** @param last whether the connection ends after this response */
    static ByteBuf of(Answer answer, String method, boolean last, HttpDate date, ByteBufAllocator buffers) {
        byte[] body = answer.body().shared();
        ByteBuf bytes = buffers.directBuffer(USUAL_HEAD_BYTES + body.length);
        HttpResponseStatus status = HttpResponseStatus.valueOf(answer.status());
        bytes.writeBytes(VERSION);
        text(bytes, status.codeAsText());
        bytes.writeByte(' ');
        text(bytes, status.reasonPhrase());
        for (Header header : answer.headers()) {
            header(bytes, header.name(), header.value());
        }
        header(bytes, "Content-Length", Integer.toString(body.length));
        header(bytes, "Date", date.now());
        header(bytes, "Connection", last ? "close" : "keep-alive");
        bytes.writeShort('\r' << 8 | '\n').writeShort('\r' << 8 | '\n');
        // The response to HEAD has the length that the body would have.
        return method.equals("HEAD") ? bytes : bytes.writeBytes(body);
    }

    private static void header(ByteBuf bytes, String name, String value) {
        bytes.writeShort('\r' << 8 | '\n');
        text(bytes, name);
        bytes.writeShort(':' << 8 | ' ');
        text(bytes, value);
    }

    /** Characters outside Latin-1 become question marks. */
    private static void text(ByteBuf bytes, CharSequence text) {
        bytes.writeCharSequence(text, ISO_8859_1);
    }

    /** The interim response to a client that asks before it sends a body. */
    static ByteBuf goOn() {
        return GO_ON.duplicate();
    }
}
