package io.gramme.server;

import io.gramme.http.InProcessTransport;
import io.gramme.server.metric.Lags;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** A running Gramme without a port: only this JVM can reach it. */
public final class EmbeddedServer implements AutoCloseable {
    private final CloseStack parts;
    private final InProcessTransport door;

    private EmbeddedServer(CloseStack parts, InProcessTransport door) {
        this.parts = parts;
        this.door = door;
    }

    /**
     * Opens the tables and serves requests of this JVM until closed.
     *
     * @param options of which host and ports are ignored
     * @throws io.gramme.storage.StorageException if the data directory cannot be used
     */
    public static EmbeddedServer start(ServerOptions options) {
        InstantSource clock = InstantSource.system();
        var random = new SplittableRandom();
        var parts = new CloseStack();
        try {
            Dispatcher dispatcher = Server.dispatcher(
                    options, parts, clock, random, () -> ServerOptions.Ports.DEFAULT_HOST, new Lags());
            var door = new InProcessTransport(dispatcher, Listeners.at(options.ports(), 0), random.split());
            parts.push(door::close);
            return new EmbeddedServer(parts, door);
        } catch (RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** The transport that takes requests. */
    public InProcessTransport door() {
        return door;
    }

    /** Finishes the requests in flight, then closes what served them. */
    @Override
    public void close() {
        parts.close();
    }
}
