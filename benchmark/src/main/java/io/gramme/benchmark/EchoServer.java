package io.gramme.benchmark;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.NettyRuntime;
import java.util.Arrays;

/**
 * The echo server, which measures the cost of the network alone: a bare Netty that receives whole requests and answers,
 * from its event loops, with as many bytes as each requests. No server of this protocol on this library can be faster.
 */
public final class EchoServer {
    /** The header that requests the length of the answer's body, in bytes. */
    static final String ANSWER_BYTES = "X-Answer-Bytes";

    private static final int MAX_BODY = 16 << 20;
    private static final int LARGEST_ANSWER = 4 << 20;

    private EchoServer() {}

    /** Listens on the given port of the loopback address until the process is killed. */
    public static void main(String[] arguments) throws InterruptedException {
        boolean epoll = Epoll.isAvailable();
        byte[] filling = new byte[LARGEST_ANSWER];
        Arrays.fill(filling, (byte) 'x');
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        NettyRuntime.availableProcessors(),
                        epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()))
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpObjectAggregator(MAX_BODY))
                                .addLast(new Answers(filling));
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }

    private static final class Answers extends SimpleChannelInboundHandler<FullHttpRequest> {
        private final byte[] filling;

        Answers(byte[] filling) {
            this.filling = filling;
        }

        @Override
        @SuppressWarnings("FutureReturnValueIgnored")
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
            int length = Integer.parseInt(request.headers().get(ANSWER_BYTES, "2"));
            ByteBuf body = Unpooled.wrappedBuffer(filling, 0, length);
            var answer = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            // As many headers as the service sends.
            answer.headers()
                    .set("Server", "Server")
                    .set("Content-Type", "application/x-amz-json-1.0")
                    .set("x-amzn-RequestId", "0123456789ABCDEFGHIJKLMNOPQRSTUV0123456789ABCDEFGHIJ")
                    .set("x-amz-crc32", "2745614147")
                    .set("Content-Length", length)
                    .set("Date", "Thu, 01 Jan 2026 00:00:00 GMT")
                    .set("Connection", "keep-alive");
            context.writeAndFlush(answer);
        }
    }
}
