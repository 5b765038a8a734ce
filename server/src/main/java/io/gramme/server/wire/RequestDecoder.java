package io.gramme.server.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/** Reads HTTP/1.1, and tells its connection that bytes have come before they make a request. */
final class RequestDecoder extends HttpRequestDecoder {
    private static final int PIECE = 64 << 10;

    private final Connection connection;

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

    /** Two lengths are how requests are smuggled past proxies: refused, though HTTP would let one of them win. */
    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
        throw new IllegalArgumentException("Both Content-Length and Transfer-Encoding");
    }
}
