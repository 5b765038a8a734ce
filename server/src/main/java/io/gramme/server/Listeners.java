package io.gramme.server;

import io.gramme.http.Endpoint;
import io.gramme.http.HttpOptions;
import io.gramme.http.HttpServer;
import io.gramme.server.metric.Lags;
import io.gramme.server.metric.Monitor;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.HistorySizes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The addresses that a server listens on.
 *
 * @param requests for clients
 * @param metrics for monitors, if a metrics port is configured
 */
record Listeners(InetSocketAddress requests, Optional<InetSocketAddress> metrics) {

    /** @throws IOException if the server cannot listen on an address */
    static Listeners open(
            ServerOptions options,
            Dispatcher endpoint,
            Lags lags,
            CloseStack parts,
            InstantSource clock,
            SplittableRandom random)
            throws IOException {
        ServerOptions.Ports ports = options.ports();
        if (options.monitoring().isEmpty()) {
            return new Listeners(
                    serve(ports, endpoint, parts, clock, random).getFirst().address(), Optional.empty());
        }
        ServerOptions.Monitoring monitoring = options.monitoring().get();
        Monitor monitor = monitoring.start().apply(lags);
        parts.push(monitor::close);
        List<HttpServer> servers = serve(ports, monitor.measured(endpoint), parts, clock, random);
        servers.forEach(monitor::watch);
        monitor.watch(endpoint.store());
        monitor.watch(new Jobs(endpoint.store()));
        endpoint.metrics().ifPresent(monitor::watch);
        monitor.watch(new HistorySizes(endpoint.store()));
        HttpServer pages = HttpServer.start(at(ports, monitoring.port()), monitor, clock, random.split());
        parts.push(pages::close);
        return new Listeners(servers.getFirst().address(), Optional.of(pages.address()));
    }

    /** The first server accepts requests of all services. */
    private static List<HttpServer> serve(
            ServerOptions.Ports ports,
            Endpoint endpoint,
            CloseStack parts,
            InstantSource clock,
            SplittableRandom random)
            throws IOException {
        var servers = new ArrayList<HttpServer>();
        for (int port : ports.ofRequests()) {
            HttpServer server = HttpServer.start(at(ports, port), endpoint, clock, random.split());
            parts.push(server::close);
            servers.add(server);
        }
        return servers;
    }

    /** The options of a port, within the bounds that the heap allows. */
    static HttpOptions at(ServerOptions.Ports ports, int port) {
        return HttpOptions.at(ports.host(), port).within(Runtime.getRuntime().maxMemory());
    }
}
