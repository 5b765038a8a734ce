package io.gramme.server;

import io.gramme.core.error.WireErrors;
import io.gramme.server.wire.Call;
import io.gramme.server.wire.Endpoint;
import io.gramme.server.wire.HttpOptions;
import io.gramme.server.wire.HttpServer;
import io.gramme.server.wire.Target;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** A running Gramme: everything it is made of, built in order and closed in reverse. */
public final class Server implements AutoCloseable {
    private final HttpServer http;

    private Server(HttpServer http) {
        this.http = http;
    }

    /** @throws IOException if the address cannot be listened on */
    public static Server start(ServerOptions options) throws IOException {
        var clock = InstantSource.system();
        var random = new SplittableRandom();
        HttpServer http = HttpServer.start(
                HttpOptions.at(options.host(), options.port()), new NoOperations(), _ -> "{}", clock, random);
        return new Server(http);
    }

    public InetSocketAddress address() {
        return http.address();
    }

    /** Finishes the requests in flight, then closes what served them. */
    @Override
    public void close() {
        http.close();
    }

    /** Stands where the operations will. */
    private static final class NoOperations implements Endpoint {
        @Override
        public byte[] answer(Call call) {
            throw WireErrors.unknownOperation();
        }

        @Override
        public boolean knows(Target target) {
            return false;
        }
    }
}
