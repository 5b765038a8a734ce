package io.gramme.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/**
 * The answer to a client that speaks plain HTTP to a port of TLS: one sentence, and the end of the connection. It looks at
 * the first byte that comes, then leaves.
 */
final class PlainTextRefusal extends ChannelInboundHandlerAdapter {
    private static final String TEXT = "This port speaks TLS: address it by https.\n";
    private static final byte[] ANSWER =
            ("HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n" + "Content-Length: "
                            + TEXT.length() + "\r\n\r\n" + TEXT)
                    .getBytes(US_ASCII);

    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        // A handshake begins with a byte that is no letter, a request of HTTP with the letters of its method.
        if (message instanceof ByteBuf bytes && bytes.isReadable() && isLetter(bytes.getByte(bytes.readerIndex()))) {
            refused = true;
            ReferenceCountUtil.release(message);
            context.writeAndFlush(Unpooled.wrappedBuffer(ANSWER)).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        context.pipeline().remove(this);
        context.fireChannelRead(message);
    }

    private static boolean isLetter(byte first) {
        return first >= 'A' && first <= 'Z';
    }
}
