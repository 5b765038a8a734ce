package io.gramme.server;

import io.gramme.http.Endpoint;
import io.gramme.http.HttpOptions;
import io.gramme.http.HttpServer;
import io.gramme.http.tls.ServerTls;
import io.gramme.security.audit.AuditFiles;
import io.gramme.security.audit.FileAuditLog;
import io.gramme.server.metric.Lags;
import io.gramme.server.metric.Monitor;
import io.gramme.tables.job.Jobs;
import io.gramme.tables.table.HistorySizes;
import io.gramme.tables.table.RandomIds;
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
            Dispatcher dispatcher,
            Lags lags,
            CloseStack parts,
            InstantSource clock,
            SplittableRandom random)
            throws IOException {
        Endpoint endpoint = audited(options, dispatcher, parts, clock, random);
        Wire wire = Wire.open(options, parts, clock);
        if (options.monitoring().isEmpty()) {
            return new Listeners(
                    serve(wire, endpoint, parts, clock, random).getFirst().address(), Optional.empty());
        }
        ServerOptions.Monitoring monitoring = options.monitoring().get();
        Monitor monitor = monitoring.start().apply(lags);
        parts.push(monitor::close);
        List<HttpServer> servers = serve(wire, monitor.measured(endpoint), parts, clock, random);
        servers.forEach(monitor::watch);
        monitor.watch(dispatcher.store());
        monitor.watch(new Jobs(dispatcher.store()));
        dispatcher.metrics().ifPresent(monitor::watch);
        monitor.watch(new HistorySizes(dispatcher.store()));
        monitor.watch(dispatcher.refused());
        HttpServer pages = HttpServer.start(wire.at(monitoring.port()), monitor, clock, random.split());
        parts.push(pages::close);
        return new Listeners(servers.getFirst().address(), Optional.of(pages.address()));
    }

    private static Endpoint audited(
            ServerOptions options,
            Dispatcher dispatcher,
            CloseStack parts,
            InstantSource clock,
            SplittableRandom random)
            throws IOException {
        if (options.network().audit().isEmpty()) {
            return dispatcher;
        }
        AuditFiles files = options.network().audit().get();
        var log = FileAuditLog.open(files, clock, new RandomIds(random.split()));
        parts.push(log::close);
        return new AuditedEndpoint(dispatcher, log, files.dataEvents(), clock);
    }

    /** The first server accepts requests of all services. */
    private static List<HttpServer> serve(
            Wire wire, Endpoint endpoint, CloseStack parts, InstantSource clock, SplittableRandom random)
            throws IOException {
        var servers = new ArrayList<HttpServer>();
        for (int port : wire.ports().ofRequests()) {
            HttpServer server = HttpServer.start(wire.at(port), endpoint, clock, random.split());
            parts.push(server::close);
            servers.add(server);
        }
        return servers;
    }

    /** What all ports of a server have in common. */
    private record Wire(ServerOptions.Ports ports, ServerOptions.Network network, Optional<ServerTls> tls) {

        /** @throws IOException if the files of TLS are not of use */
        static Wire open(ServerOptions options, CloseStack parts, InstantSource clock) throws IOException {
            Optional<ServerTls> tls = Optional.empty();
            if (options.network().tls().isPresent()) {
                tls = Optional.of(ServerTls.open(options.network().tls().get(), clock));
                parts.push(tls.get()::close);
            }
            return new Wire(options.ports(), options.network(), tls);
        }

        HttpOptions at(int port) {
            HttpOptions plain =
                    Listeners.at(ports, port).with(network.browsers()).with(network.perClient());
            return tls.map(plain::with).orElse(plain);
        }
    }

    /** The options of a port, within the bounds that the heap allows. */
    static HttpOptions at(ServerOptions.Ports ports, int port) {
        return HttpOptions.at(ports.host(), port).within(Runtime.getRuntime().maxMemory());
    }
}
