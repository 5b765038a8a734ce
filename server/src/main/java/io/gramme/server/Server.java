package io.gramme.server;

import io.gramme.server.cluster.Peers;
import io.gramme.server.item.Claims;
import io.gramme.server.item.EntryFiller;
import io.gramme.server.item.Items;
import io.gramme.server.job.BackgroundJob;
import io.gramme.server.kinesis.KinesisDeliveries;
import io.gramme.server.stream.LogTrimmer;
import io.gramme.server.stream.ShardSplitter;
import io.gramme.server.table.TableLife;
import io.gramme.server.table.TableOptions;
import io.gramme.server.table.Tables;
import io.gramme.server.transaction.Tokens;
import io.gramme.server.transaction.Transactions;
import io.gramme.server.trigger.Triggers;
import io.gramme.server.ttl.ExpirySweep;
import io.gramme.server.wire.HttpOptions;
import io.gramme.server.wire.HttpServer;
import io.gramme.storage.RowStore;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A running Gramme: everything it is made of, built in order and closed in reverse. */
public final class Server implements AutoCloseable {
    private static final String NO_KINESIS = "Gramme was started without --kinesis-endpoint";

    private final Parts parts;
    private final InetSocketAddress address;

    private Server(Parts parts, InetSocketAddress address) {
        this.parts = parts;
        this.address = address;
    }

    /**
     * Opens the tables and serves them until closed.
     *
     * @throws IOException if the address cannot be listened on
     * @throws io.gramme.storage.StorageException if the data directory cannot be used
     */
    public static Server start(ServerOptions options) throws IOException {
        var parts = new Parts();
        try {
            return start(options, parts);
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    private static Server start(ServerOptions options, Parts parts) throws IOException {
        InstantSource clock = InstantSource.system();
        // Shared by threads that draw from it seldom: ids of tables and requests come from generators of their own.
        var random = new SplittableRandom();
        // Known only once the server listens; nobody asks before.
        var address = new AtomicReference<InetSocketAddress>();
        Dispatcher dispatcher = dispatcher(options, parts, clock, random, () -> hostAndPort(address.get()));
        HttpServer http = HttpServer.start(http(options, options.port()), dispatcher, clock, random.split());
        parts.push(http::close);
        address.set(http.address());
        if (options.streamsPort().isPresent()) {
            HttpOptions streams = http(options, options.streamsPort().get());
            parts.push(HttpServer.start(streams, dispatcher, clock, random.split())::close);
        }
        return new Server(parts, http.address());
    }

    /**
     * Opens the tables, and starts whatever works on them, for somebody who brings the requests.
     *
     * @param address host and port, as a client reaches this server
     */
    static Dispatcher dispatcher(
            ServerOptions options,
            Parts parts,
            InstantSource clock,
            SplittableRandom random,
            Supplier<String> address) {
        Storage storage = Storage.open(options, parts, clock, random);
        RowStore store = storage.store();
        Peers peers = storage.peers();
        var tables = new Tables(store, new TableOptions(options.tableDelay()), clock, random.split(), peers);
        var life = new TableLife(tables, store, new EntryFiller(store, tables.statistics()));
        // Once more at the end, when nothing is written any longer.
        parts.push(() -> tables.statistics().run());
        parts.push(BackgroundJob.start("gramme-statistics", tables.statistics())::close);
        parts.push(start(peers, "table-life", life));
        var splitter = new ShardSplitter(tables, life, options.partitionBytes());
        parts.push(start(peers, "shard-splitter", splitter));
        var tokens = new Tokens(store, tables, clock);
        parts.push(start(peers, "request-tokens", tokens));
        var claims = new Claims();
        var items = new Items(store, tables.statistics(), claims, Items.MAX_COLLECTION_BYTES);
        var transactions = new Transactions(store, items, claims, tokens);
        var sweep = new ExpirySweep(store, tables, items, clock, options.ttlInterval());
        if (options.ttlInterval().isPositive()) {
            parts.push(start(peers, "time-to-live", sweep));
        }
        options.kinesis()
                .ifPresent(
                        kinesis -> startDeliveries(new KinesisDeliveries(tables, store, kinesis, clock), peers, parts));
        Optional<String> noKinesis = options.kinesis().isPresent() ? Optional.empty() : Optional.of(NO_KINESIS);
        Triggers triggers = triggers(store, tables, peers, Triggers.Rim.real(clock, letters(options)), parts);
        // After all who follow logs: they look first whether they have missed anything.
        parts.push(start(peers, "log-trimmer", new LogTrimmer(tables, store)));
        return Actions.over(store, tables, life, items, transactions, sweep, triggers, noKinesis, clock, address);
    }

    private static void startDeliveries(KinesisDeliveries deliveries, Peers peers, Parts parts) {
        parts.push(deliveries::close);
        parts.push(start(peers, "kinesis", deliveries));
    }

    static HttpOptions http(ServerOptions options, int port) {
        return HttpOptions.at(options.host(), port).within(Runtime.getRuntime().maxMemory());
    }

    /** Where triggers tell what they gave up, if they are to tell it in files. */
    private static Optional<Path> letters(ServerOptions options) {
        return options.data().map(directory -> directory.resolve("dead-letters"));
    }

    private static Triggers triggers(RowStore store, Tables tables, Peers peers, Triggers.Rim rim, Parts parts) {
        if (!peers.areThere()) {
            var triggers = Triggers.start(store, tables, rim);
            parts.push(triggers::close);
            return triggers;
        }
        var triggers = Triggers.among(store, tables, rim);
        parts.push(triggers::close);
        parts.push(start(peers, "triggers", triggers));
        return triggers;
    }

    /** Work that one server does for all that share its store. */
    private static Parts.Part start(Peers peers, String work, BackgroundJob.Pass pass) {
        return BackgroundJob.start("gramme-" + work, peers.leased(work, pass))::close;
    }

    private static String hostAndPort(InetSocketAddress address) {
        String host = address.getAddress().isAnyLocalAddress()
                ? "localhost"
                : address.getAddress().getHostAddress();
        return host + ":" + address.getPort();
    }

    public InetSocketAddress address() {
        return address;
    }

    /** Finishes the requests in flight, then closes what served them. */
    @Override
    public void close() {
        parts.close();
    }
}
