package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import io.gramme.core.error.ApiException;
import io.gramme.core.error.WireErrors;
import io.gramme.http.tls.ClientCertificate;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * The connection of one client: it collects a request, has it answered, writes the response, and only then looks at the
 * next request.
 *
 * <p>The socket is read on demand (automatic reading is off), and never while a request is being answered. So one read
 * bounds what a client may pipeline, at most one response is buffered for a client that does not read, and responses
 * are sent in the order of their requests.
 *
 * <p>Everything runs on the channel's event loop, except {@link #expireIfOverdue} and {@link #finishUp}, which any
 * thread may call.
 */
@SuppressWarnings("FutureReturnValueIgnored") // channelInactive handles the result of a write or a close.
final class Connection extends ChannelInboundHandlerAdapter {
    private static final System.Logger LOG = System.getLogger(Connection.class.getName());
    private static final Duration NEVER = Duration.ofDays(365);

    /** The progress of a connection with its current request. */
    private sealed interface State {
        /** No byte of a request has arrived. */
        record Idle() implements State {}

        /** Some bytes of a request have arrived, but not all of its headers. */
        record Beginning() implements State {}

        /**
         * The headers have arrived, but not all of the body.
         *
         * @param began by {@link System#nanoTime}
         */
        record Receiving(HttpRequest head, BodyBuffer body, long began) implements State {}

        /** The endpoint is processing the request, or the request is refused and the refusal not written yet. */
        record Answering() implements State {}

        /** The response is being written to the socket. */
        record Writing() implements State {}

        /** A refusal is written. What the client still sends is discarded, so that it can read the refusal. */
        record Lingering() implements State {}

        default boolean wantsInput() {
            return switch (this) {
                case Idle _, Beginning _, Receiving _, Lingering _ -> true;
                case Answering _, Writing _ -> false;
            };
        }

        default boolean wantsRequest() {
            return switch (this) {
                case Idle _, Beginning _, Receiving _ -> true;
                case Answering _, Writing _, Lingering _ -> false;
            };
        }
    }

    private final SocketChannel channel;
    private final ConnectionContext shared;
    private final HttpOptions.Timeouts timeouts;

    /** Decoded but not processed yet: at most what one read brought. */
    private final ArrayDeque<HttpObject> ahead = new ArrayDeque<>();

    private Peer peer = Peer.HERE;
    private AddressUse.Share share = AddressUse.UNLIMITED;
    private State state = new State.Idle();
    private boolean advancing;
    private boolean inputEnded;
    private boolean finishing;

    /** When the current state has lasted too long, by {@link System#nanoTime}. */
    private volatile long deadline;

    Connection(SocketChannel channel, ConnectionContext shared) {
        this.channel = channel;
        this.shared = shared;
        this.timeouts = shared.options().timeouts();
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        enter(new State.Idle(), timeouts.idle());
        peer = new Peer(channel.remoteAddress().getAddress().getHostAddress(), false);
        share = shared.addresses().add(channel.remoteAddress().getAddress());
        if (shared.connections().admit(this) && shared.addresses().fits(share)) {
            channel.read();
        } else {
            channel.close();
        }
    }

    private void enter(State next, Duration timeout) {
        state = next;
        deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Called by the decoder before it processes bytes that have arrived. */
    void bytesCame() {
        // Further bytes of the same head do not move its deadline: a client cannot send one byte at a time for ever.
        if (state instanceof State.Idle) {
            enter(new State.Beginning(), timeouts.head());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (state instanceof State.Lingering || !(message instanceof HttpObject next)) {
            ReferenceCountUtil.release(message);
            return;
        }
        ahead.add(next);
        advance();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (state.wantsInput()) {
            channel.read();
        }
    }

    /** Processes decoded objects until there is a request to answer, or nothing more. */
    private void advance() {
        // A response that is written at once returns here: the loop below continues with it, and the stack stays flat.
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            while (state.wantsRequest() && !ahead.isEmpty()) {
                HttpObject next = ahead.remove();
                try {
                    take(next);
                } finally {
                    ReferenceCountUtil.release(next);
                }
            }
        } finally {
            advancing = false;
        }
        if (inputEnded && state.wantsRequest()) {
            channel.close();
        }
    }

    private void take(HttpObject next) {
        if (next.decoderResult().isFailure()) {
            refuse(malformed(next.decoderResult().cause()));
            return;
        }
        if (next instanceof HttpRequest head) {
            begin(head);
        }
        if (next instanceof HttpContent piece && state instanceof State.Receiving receiving) {
            receive(receiving, piece);
        }
    }

    private static HttpResponseStatus malformed(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException _ -> HttpResponseStatus.REQUEST_URI_TOO_LONG;
            case TooLongHttpHeaderException _ -> HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
            default -> HttpResponseStatus.BAD_REQUEST;
        };
    }

    private void begin(HttpRequest head) {
        if (head.protocolVersion().majorVersion() != 1) {
            refuse(HttpResponseStatus.HTTP_VERSION_NOT_SUPPORTED);
            return;
        }
        if (isAmbiguous(head)) {
            refuse(HttpResponseStatus.BAD_REQUEST);
            return;
        }
        var body = new BodyBuffer(shared.options().limits().bodyBytes(), shared.memory());
        var receiving = new State.Receiving(head, body, System.nanoTime());
        enter(receiving, patience(0));
        long announced = HttpUtil.getContentLength(head, 0L);
        if (fits(receiving, body.expect(announced)) && HttpUtil.is100ContinueExpected(head) && ahead.isEmpty()) {
            channel.writeAndFlush(Responses.goOn());
        }
    }

    /** Whether a proxy could take the end of the request, or its host, for another than this server does. */
    private static boolean isAmbiguous(HttpRequest head) {
        HttpHeaders headers = head.headers();
        String transfer = headers.get(HttpHeaderNames.TRANSFER_ENCODING);
        boolean unclearEnd = transfer != null
                && (head.protocolVersion().minorVersion() == 0
                        || headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                        || !transfer.strip().equalsIgnoreCase("chunked"));
        return unclearEnd || headers.getAll(HttpHeaderNames.HOST).size() > 1;
    }

    private void receive(State.Receiving receiving, HttpContent piece) {
        if (!fits(receiving, receiving.body().append(piece.content()))) {
            return;
        }
        if (piece instanceof LastHttpContent) {
            answer(receiving.head(), receiving.body());
        } else {
            deadline = receiving.began() + patience(receiving.body().length()).toNanos();
        }
    }

    private Duration patience(int bytes) {
        return shared.options().perClient().patience(bytes, timeouts.body());
    }

    /** Returns whether the body fits; refuses the request if not. */
    private boolean fits(State.Receiving receiving, BodyBuffer.Fit fit) {
        return switch (fit) {
            case FITS -> true;
            case TOO_LARGE -> {
                refuse(receiving.head(), WireErrors.bodyTooLarge());
                yield false;
            }
            case NO_MEMORY -> {
                refuse(receiving.head(), WireErrors.overloaded());
                yield false;
            }
        };
    }

    private void answer(HttpRequest head, BodyBuffer body) {
        boolean keepAlive = HttpUtil.isKeepAlive(head);
        Request request = request(head, body.bytes());
        enter(new State.Answering(), NEVER);
        boolean inShare = share.begin();
        boolean taken = inShare
                && shared.requests().start(request, answer -> {
                    share.end();
                    body.close();
                    onEventLoop(() -> write(answer, request.method(), keepAlive));
                });
        if (inShare && !taken) {
            share.end();
        }
        if (!taken) {
            body.close();
            refuseLater(shared.requests().refusal(request), request.method(), keepAlive);
        }
    }

    /** Writes the refusal after a delay, and holds nothing of the request meanwhile. */
    private void refuseLater(Answer refusal, String method, boolean keepAlive) {
        onEventLoopAfter(refusalDelay(), () -> write(refusal, method, keepAlive));
    }

    /**
     * A refused client that retries at once must not get more turns than the clients that are served: refusing would
     * take the processor time that answering needs.
     */
    private Duration refusalDelay() {
        Duration pace = shared.requests().pace();
        return pace.compareTo(timeouts.refusal()) < 0 ? pace : timeouts.refusal();
    }

    private Request request(HttpRequest head, Bytes body) {
        return new Request(
                shared.ids().next(), peer, head.method().name(), head.uri(), new ReceivedHeaders(head.headers()), body);
    }

    private void write(Answer answer, String method, boolean keepAlive) {
        if (!channel.isActive()) {
            return;
        }
        boolean last = !keepAlive || finishing || (inputEnded && ahead.isEmpty());
        enter(new State.Writing(), timeouts.write());
        // A response waits until its client has read it: the memory bound must cover many of them.
        int held = answer.body().length();
        boolean kept = shared.memory().reserve(held);
        Answer sent = kept ? answer : Answer.bare(HttpResponseStatus.SERVICE_UNAVAILABLE.code());
        channel.writeAndFlush(Responses.of(sent, method, last, shared.date(), channel.alloc()))
                .addListener(written -> {
                    if (kept) {
                        shared.memory().release(held);
                    }
                    if (last || !written.isSuccess()) {
                        channel.close();
                    } else {
                        rest();
                    }
                });
    }

    private void rest() {
        enter(new State.Idle(), timeouts.idle());
        advance();
        // A request may have begun in the same bytes that completed the last one: its head gets the same time as any
        // other.
        if (state instanceof State.Idle
                && channel.pipeline().get(RequestDecoder.class).isMidway()) {
            enter(new State.Beginning(), timeouts.head());
        }
        if (state.wantsInput()) {
            channel.read();
        }
    }

    private void refuse(HttpRequest head, ApiException refusal) {
        refuse(
                shared.door().refused(request(head, Bytes.EMPTY), refusal),
                head.method().name());
    }

    private void refuse(HttpResponseStatus status) {
        refuse(Answer.bare(status.code()), "POST");
    }

    /**
     * Answers a request that has not been read completely. This is the last response of the connection, because the end
     * of the request cannot be found.
     */
    private void refuse(Answer answer, String method) {
        discard();
        enter(new State.Writing(), timeouts.write());
        channel.writeAndFlush(Responses.of(answer, method, true, shared.date(), channel.alloc()))
                .addListener(written -> {
                    // Closing a socket with unread input resets it, and the client would lose the response.
                    if (written.isSuccess() && !inputEnded) {
                        linger();
                    } else {
                        channel.close();
                    }
                });
    }

    private void linger() {
        enter(new State.Lingering(), timeouts.linger());
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls == null) {
            channel.shutdownOutput();
        } else {
            tls.closeOutbound().addListener(_ -> channel.shutdownOutput());
        }
        channel.read();
    }

    /** Releases the memory of requests that are held. */
    private void discard() {
        if (state instanceof State.Receiving receiving) {
            receiving.body().close();
        }
        ahead.forEach(ReferenceCountUtil::release);
        ahead.clear();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            peer = new Peer(peer.address(), true, certificate());
        }
        if (event instanceof ChannelInputShutdownEvent || event instanceof SslCloseCompletionEvent) {
            inputEnded = true;
            if (state instanceof State.Lingering) {
                channel.close();
            } else {
                // Requests that have arrived are still answered: some clients close their side after the request.
                advance();
            }
        }
    }

    /** What the client has shown, if it was asked. */
    private Optional<ClientCertificate> certificate() {
        try {
            Certificate[] chain = channel.pipeline()
                    .get(SslHandler.class)
                    .engine()
                    .getSession()
                    .getPeerCertificates();
            return chain[0] instanceof X509Certificate own ? Optional.of(ClientCertificate.of(own)) : Optional.empty();
        } catch (SSLPeerUnverifiedException _) {
            return Optional.empty();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        discard();
        enter(new State.Lingering(), NEVER);
        shared.addresses().remove(share);
        share = AddressUse.UNLIMITED;
        shared.connections().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A client that disconnects, or cannot shake hands, is not worth a warning.
        boolean isOfClient = cause instanceof IOException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException)
                || cause instanceof NotSslRecordException;
        LOG.log(isOfClient ? Level.DEBUG : Level.WARNING, "Connection lost", cause);
        channel.close();
    }

    void expireIfOverdue(long now) {
        if (deadline - now < 0) {
            onEventLoop(() -> {
                if (deadline - now < 0) {
                    expire();
                }
            });
        }
    }

    private void expire() {
        switch (state) {
            case State.Beginning _, State.Receiving _ -> refuse(HttpResponseStatus.REQUEST_TIMEOUT);
            case State.Idle _, State.Answering _, State.Writing _, State.Lingering _ -> channel.close();
        }
    }

    void finishUp() {
        onEventLoop(() -> {
            finishing = true;
            if (state instanceof State.Idle || state instanceof State.Lingering) {
                channel.close();
            }
        });
    }

    private void onEventLoop(Runnable task) {
        onEventLoopAfter(Duration.ZERO, task);
    }

    private void onEventLoopAfter(Duration delay, Runnable task) {
        try {
            if (delay.isZero()) {
                channel.eventLoop().execute(task);
            } else {
                channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            }
        } catch (RejectedExecutionException _) {
            // The server is closed, and so is the channel.
        }
    }
}
