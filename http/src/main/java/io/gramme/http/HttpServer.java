package io.gramme.http;

import io.gramme.http.tls.ServerTls;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NettyRuntime;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * An HTTP server for one {@link Endpoint}, or for {@link Pages}: sockets run on a few event loops, and every request on
 * its own virtual thread. All of its bounds are in {@link HttpOptions}.
 */
public final class HttpServer implements AutoCloseable {
    private static final long LONGEST_TICK_MILLIS = 1000;
    private static final long SHORTEST_TICK_MILLIS = 10;
    private static final long SHUTDOWN_SECONDS = 5;

    private final EventLoopGroup loops;
    private final Channel listener;
    private final ConnectionContext shared;
    private final Future<?> sweeping;

    private HttpServer(EventLoopGroup loops, Channel listener, ConnectionContext shared) {
        this.loops = loops;
        this.listener = listener;
        this.shared = shared;
        long tick = tickMillis(shared.options().timeouts());
        this.sweeping =
                loops.next().scheduleWithFixedDelay(shared.connections()::sweep, tick, tick, TimeUnit.MILLISECONDS);
    }

    /**
     * Serves an endpoint until closed.
     *
     * @throws IOException if the server cannot listen on the address
     */
    public static HttpServer start(HttpOptions options, Endpoint endpoint, InstantSource clock, RandomGenerator random)
            throws IOException {
        return start(options, endpoint, clock, random, Transport.best());
    }

    static HttpServer start(
            HttpOptions options, Endpoint endpoint, InstantSource clock, RandomGenerator random, Transport transport)
            throws IOException {
        var memory = new BodyMemory(options.limits().bodyMemoryBytes());
        var door = new DynamoDbProtocol(endpoint, options.limits(), memory);
        var wall = new BrowserWall(door, options, endpoint.authentication().mode());
        return start(options, wall, memory, clock, random, transport);
    }

    /**
     * Serves pages until closed.
     *
     * @throws IOException if the server cannot listen on the address
     */
    public static HttpServer start(HttpOptions options, Pages pages, InstantSource clock, RandomGenerator random)
            throws IOException {
        var memory = new BodyMemory(options.limits().bodyMemoryBytes());
        // Pages need no signatures.
        var door = new BrowserWall(new PageService(pages), options, Authentication.Mode.OFF);
        return start(options, door, memory, clock, random, Transport.best());
    }

    static HttpServer start(HttpOptions options, Door door, InstantSource clock, RandomGenerator random)
            throws IOException {
        var memory = new BodyMemory(options.limits().bodyMemoryBytes());
        return start(options, door, memory, clock, random, Transport.best());
    }

    private static HttpServer start(
            HttpOptions options,
            Door door,
            BodyMemory memory,
            InstantSource clock,
            RandomGenerator random,
            Transport transport)
            throws IOException {
        var address = new InetSocketAddress(options.host(), options.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException("no such host: " + options.host());
        }
        HttpOptions.Limits limits = options.limits();
        var shared = new ConnectionContext(
                options,
                door,
                new RequestExecutor(door, limits.requests()),
                memory,
                new RequestIds(random),
                new HttpDate(clock),
                new Connections(limits.connections()),
                new AddressUse(options.perClient()));
        var loops = new MultiThreadIoEventLoopGroup(
                NettyRuntime.availableProcessors(),
                new DefaultThreadFactory("gramme-http", true),
                transport.handlers());
        ChannelFuture bound = bootstrap(loops, transport, shared).bind(address).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
            throw new IOException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + reason(bound.cause()),
                    bound.cause());
        }
        return new HttpServer(loops, bound.channel(), shared);
    }

    private static ServerBootstrap bootstrap(EventLoopGroup loops, Transport transport, ConnectionContext shared) {
        return new ServerBootstrap()
                .group(loops)
                .channel(transport.serverChannel())
                // All connections may be opened at once: a client that the system rejects retries only after one
                // second, and then after three.
                .option(ChannelOption.SO_BACKLOG, shared.options().limits().connections())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .childOption(ChannelOption.AUTO_READ, false)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        var connection = new Connection(channel, shared);
                        shared.options().tls().ifPresent(tls -> addTls(channel.pipeline(), tls));
                        channel.pipeline()
                                .addLast(new RequestDecoder(
                                        connection, shared.options().limits()))
                                .addLast(connection);
                    }
                });
    }

    private static void addTls(ChannelPipeline pipeline, ServerTls tls) {
        var handler = new SslHandler(tls.engine());
        handler.setHandshakeTimeoutMillis(tls.options().handshake().toMillis());
        pipeline.addLast(new PlainTextRefusal()).addLast(handler);
    }

    /** The system's message, without the system call that some transports put before it. */
    private static String reason(Throwable cause) {
        String message = String.valueOf(cause.getMessage());
        return message.substring(message.lastIndexOf(": ") + 1).strip();
    }

    /** Short enough that no timeout is exceeded by more than half of it, or by a second. */
    private static long tickMillis(HttpOptions.Timeouts timeouts) {
        long shortest = Stream.of(
                        timeouts.idle(), timeouts.head(), timeouts.body(), timeouts.write(), timeouts.linger())
                .mapToLong(Duration::toMillis)
                .min()
                .orElse(LONGEST_TICK_MILLIS);
        return Math.clamp(shortest / 2, SHORTEST_TICK_MILLIS, LONGEST_TICK_MILLIS);
    }

    /** The address that the server listens on, with the actual port if any free port was requested. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /**
     * The current load of a server.
     *
     * @param connections open
     * @param requests being processed
     * @param bodyBytes of requests and responses that wait on the network
     * @param refused the number of requests over the limit since the server started
     */
    public record Load(int connections, int requests, long bodyBytes, long refused) {}

    /** The load as of now; cheap to call. */
    public Load load() {
        return new Load(
                shared.connections().count(),
                shared.requests().inHand(),
                shared.memory().held(),
                shared.requests().refused());
    }

    /** Stops listening, waits a limited time for the requests in flight, and closes every connection. */
    @Override
    public void close() {
        Duration patience = shared.options().timeouts().drain();
        long end = System.nanoTime() + patience.toNanos();
        listener.close().awaitUninterruptibly();
        shared.connections().finishUp();
        try {
            shared.connections().awaitNone(patience);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        shared.requests().close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        sweeping.cancel(false);
        // This also closes the channels that are still open.
        loops.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
