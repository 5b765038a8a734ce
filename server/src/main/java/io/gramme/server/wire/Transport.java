package io.gramme.server.wire;

import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;

/** The way to the sockets: epoll on Linux where its library loads, the JDK's selector elsewhere. */
record Transport(IoHandlerFactory handlers, Class<? extends ServerChannel> serverChannel) {

    static Transport best() {
        return Epoll.isAvailable()
                ? new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class)
                : portable();
    }

    static Transport portable() {
        return new Transport(NioIoHandler.newFactory(), NioServerSocketChannel.class);
    }
}
