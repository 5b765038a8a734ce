package io.gramme.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** The decoder of HTTP/1.1 requests, which also notifies its connection of bytes before they form a request. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int PIECE = 64 << 10;

    private final Connection connection;
    private boolean midway;

    RequestDecoder(Connection connection, HttpOptions.Limits limits) {
        super(new HttpDecoderConfig()
                .setMaxInitialLineLength(limits.lineBytes())
                .setMaxHeaderSize(limits.headBytes())
                .setMaxChunkSize(PIECE));
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        connection.bytesCame();
        super.channelRead(context, message);
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf bytes, List<Object> decoded) throws Exception {
        midway |= bytes.isReadable();
        int before = decoded.size();
        super.decode(context, bytes, decoded);
        if (decoded.size() > before && decoded.getLast() instanceof LastHttpContent) {
            midway = false;
        }
    }

    /** Whether some bytes of a request have arrived, but not all of it. */
    boolean isMidway() {
        return midway;
    }

    /** Refuses two lengths, with which requests are smuggled past proxies, although HTTP would let one of them win. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Both Content-Length and Transfer-Encoding");
    }
}
