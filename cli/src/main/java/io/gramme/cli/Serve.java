package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.delivery.kinesis.KinesisOptions;
import io.gramme.delivery.kinesis.KinesisOptions.Credentials;
import io.gramme.http.Authentication.Mode;
import io.gramme.http.tls.TlsOptions;
import io.gramme.metrics.Metrics;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Monitoring;
import io.gramme.server.ServerOptions.Network;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.server.ServerOptions.Ports;
import io.gramme.storage.Durability;
import io.gramme.storage.StorageException;
import io.gramme.storage.cassandra.CassandraOptions;
import io.gramme.storage.rocksdb.LogLoss;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gramme serve}: runs a server until a signal stops it. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        sortOptions = false,
        description = "Serve DynamoDB until Ctrl-C or SIGTERM stops the server.")
final class Serve implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "PORT", description = "Listen on this port; 0 takes any free port.")
    private int port = Ports.DEFAULT_PORT;

    @Option(names = "--host", paramLabel = "HOST", description = "Listen on this address; 0.0.0.0 listens on all.")
    private String host = Ports.DEFAULT_HOST;

    @Option(
            names = "--streams-port",
            paramLabel = "PORT",
            description = "Serve DynamoDB Streams on this port as well.",
            showDefaultValue = NEVER)
    private @Nullable Integer streamsPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Expose Prometheus metrics on this port, at /metrics.",
            showDefaultValue = NEVER)
    private @Nullable Integer metricsPort;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep the tables in this directory.")
    private Path data = Path.of("gramme-data");

    @Option(
            names = "--cache-bytes",
            paramLabel = "SIZE",
            description = "Cache this much of the tables in memory, outside the JVM's heap: 64MB, 2GB.",
            converter = SizeText.class,
            defaultValue = "64MB")
    private long cacheBytes = RocksStoreOptions.BLOCK_CACHE_BYTES;

    @Option(
            names = "--disk-reserve",
            paramLabel = "SIZE",
            showDefaultValue = NEVER,
            converter = SizeText.class,
            description = "Refuse writes while less than this is free on the disk of the tables. Default: 256MB, or a"
                    + " tenth of a disk that is smaller than 2.5GB.")
    private @Nullable Long diskReserve;

    @Option(
            names = "--accept-log-loss",
            showDefaultValue = NEVER,
            description = "Start although acknowledged writes in the write-ahead log are damaged: give up everything"
                    + " from the damage on, keep it aside in the data directory, and log how much it was.")
    private boolean acceptLogLoss;

    @Option(
            names = "--storage",
            paramLabel = "WHERE",
            showDefaultValue = NEVER,
            description = "Where to keep the tables: disk (the default), memory, or cassandra.",
            converter = Storage.Text.class)
    private Storage storage = Storage.DISK;

    @Mixin
    private CassandraFlags cassandra = new CassandraFlags();

    @Option(
            names = "--in-memory",
            description = "The same as --storage memory. The tables end with the server.",
            showDefaultValue = NEVER)
    private boolean inMemory;

    @Option(
            names = "--durability",
            paramLabel = "MODE",
            showDefaultValue = NEVER,
            description = "synced (the default): acknowledge a write when it is on the disk;"
                    + " relaxed: acknowledge it before, so that a loss of power may lose the last writes.",
            converter = DurabilityText.class)
    private Durability durability = Durability.SYNCED;

    @Option(
            names = "--table-delay",
            paramLabel = "TIME",
            description = "Keep a table in CREATING, UPDATING or DELETING for this long: 500ms, 2s.",
            converter = DurationText.class,
            defaultValue = "0")
    private Duration tableDelay = Duration.ZERO;

    @Option(
            names = "--partition-bytes",
            paramLabel = "SIZE",
            description = "Split the shard of a stream when its part of the table is larger than this: 100MB, 10GB.",
            converter = SizeText.class,
            defaultValue = "10GB")
    private long partitionBytes = Pace.DEFAULT_PARTITION_BYTES;

    @Option(
            names = "--ttl-interval",
            paramLabel = "TIME",
            description = "Delete expired items at this interval; 0 leaves that to 'gramme sweep'.",
            converter = DurationText.class,
            defaultValue = "5s")
    private Duration ttlInterval = Pace.DEFAULT_TTL_INTERVAL;

    @Option(
            names = "--index-delay",
            paramLabel = "TIME",
            description =
                    "Let global indexes lag behind their tables by this much, to test clients; needs --storage memory.",
            converter = DurationText.class,
            defaultValue = "0")
    private Duration indexDelay = Duration.ZERO;

    @Option(
            names = "--recovery-lag",
            paramLabel = "TIME",
            description = "Restore tables to no later than this long ago, as the service does; 0 allows the present.",
            converter = DurationText.class,
            defaultValue = "5m")
    private Duration recoveryLag = Pace.DEFAULT.recoveryLag();

    @Mixin
    private AuthOptions auth = new AuthOptions();

    @Mixin
    private EncryptionOptions encryption = new EncryptionOptions();

    @Mixin
    private ThrottlingOptions throttling = new ThrottlingOptions();

    @Option(
            names = "--kinesis-endpoint",
            paramLabel = "URL",
            description = "Send the records of Kinesis streaming destinations to this endpoint, signed with"
                    + " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the environment.",
            showDefaultValue = NEVER,
            converter = UrlText.class)
    private @Nullable URI kinesisEndpoint;

    @Option(
            names = "--fault-rules",
            description =
                    "For tests of clients: allow 'gramme fault' to make chosen requests fail, wait or be throttled.",
            showDefaultValue = NEVER)
    private boolean faultRules;

    @Mixin
    private FileOptions fileOptions = new FileOptions();

    @Mixin
    private NetworkOptions networkOptions = new NetworkOptions();

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            showDefaultValue = NEVER,
            description = "Log to standard error from this level on: error, warning, info (the default) or debug.",
            converter = LogLevel.Text.class)
    private LogLevel logLevel = LogLevel.INFO;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where the server keeps its tables. */
    enum Storage {
        DISK,
        MEMORY,
        CASSANDRA;

        static final class Text extends EnumText<Storage> {
            Text() {
                super(Storage.values());
            }
        }
    }

    static final class DurabilityText extends EnumText<Durability> {
        DurabilityText() {
            super(Durability.values());
        }
    }

    /** @throws CommandLine.ParameterException if an option is out of its range or contradicts another */
    private void check() {
        requirePort("--port", Optional.of(port));
        requirePort("--streams-port", Optional.ofNullable(streamsPort));
        requirePort("--metrics-port", Optional.ofNullable(metricsPort));
        Contradictions.refuse(spec.commandLine().getParseResult());
        if (cacheBytes < RocksStoreOptions.LEAST_BLOCK_CACHE_BYTES) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "--cache-bytes is at least " + SizeText.of(RocksStoreOptions.LEAST_BLOCK_CACHE_BYTES));
        }
        if (partitionBytes < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--partition-bytes is at least 1");
        }
    }

    private ServerOptions options(StorageChoice chosen) {
        return new ServerOptions(
                new Ports(host, port, Optional.ofNullable(streamsPort)),
                chosen.engine(),
                new Pace(tableDelay, partitionBytes, ttlInterval, recoveryLag),
                fileOptions.files(spec),
                throttling.throttling(spec),
                Optional.ofNullable(kinesisEndpoint).map(Serve::kinesis),
                Optional.ofNullable(metricsPort).map(number -> new Monitoring(number, Metrics::new)),
                auth.security(spec),
                network(chosen),
                encryption.encryption(spec),
                faultRules);
    }

    private Network network(StorageChoice chosen) {
        Optional<Path> beside =
                chosen instanceof StorageChoice.Disk ? Optional.of(data.resolve("tls")) : Optional.empty();
        return networkOptions.network(host, auth.mode(), beside, spec);
    }

    private void requirePort(String option, Optional<Integer> given) {
        if (given.isPresent() && (given.get() < 0 || given.get() > 65_535)) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " is 0 to 65535, not " + given.get());
        }
    }

    private StorageChoice storage() {
        Optional<CassandraOptions> cluster = cassandra.cluster(storage == Storage.CASSANDRA, spec);
        if (inMemory || storage == Storage.MEMORY) {
            return new StorageChoice.Memory(indexDelay);
        }
        return cluster.<StorageChoice>map(StorageChoice.Cassandra::new).orElseGet(() -> new StorageChoice.Disk(disk()));
    }

    private RocksStoreOptions disk() {
        return RocksStoreOptions.in(data)
                .with(durability)
                .withBlockCache(cacheBytes)
                .withReserve(diskReserve == null ? OptionalLong.empty() : OptionalLong.of(diskReserve))
                .with(acceptLogLoss ? LogLoss.ACCEPT : LogLoss.REFUSE);
    }

    private static KinesisOptions kinesis(URI endpoint) {
        Map<String, String> environment = System.getenv();
        return new KinesisOptions(
                endpoint,
                new Credentials(
                        environment.getOrDefault("AWS_ACCESS_KEY_ID", Credentials.ANY.accessKeyId()),
                        environment.getOrDefault("AWS_SECRET_ACCESS_KEY", Credentials.ANY.secretAccessKey()),
                        environment.getOrDefault("AWS_SESSION_TOKEN", Credentials.ANY.sessionToken())));
    }

    @Override
    public Integer call() {
        check();
        StorageChoice chosen = storage();
        Logging.level(logLevel.level());
        try {
            run(chosen, Server.start(options(chosen)));
            return CommandLine.ExitCode.OK;
        } catch (IOException | StorageException e) {
            spec.commandLine().getErr().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    private void run(StorageChoice chosen, Server server) {
        try (var stop = StopSignal.install()) {
            try (server) {
                announce(chosen, server);
                stop.await();
            }
            spec.commandLine().getOut().println("Gramme has stopped");
            spec.commandLine().getOut().flush();
        }
    }

    private void announce(StorageChoice chosen, Server server) {
        PrintWriter out = spec.commandLine().getOut();
        InetSocketAddress address = server.address();
        out.println("Gramme " + Gramme.version());
        out.println("  listening on " + url(address));
        Network network = network(chosen);
        network.tls().ifPresent(tls -> announce(tls, out));
        network.audit().ifPresent(audit -> out.println("  audit log in " + audit.current()));
        out.println("  tables in " + chosen.text());
        server.metricsAddress().ifPresent(metrics -> out.println("  metrics at " + url(metrics) + "/metrics"));
        if (auth.mode() != Mode.OFF) {
            out.println("  signatures and policies: " + auth.mode().name().toLowerCase(Locale.ROOT));
        }
        if (auth.mode() != Mode.ENFORCE && !address.getAddress().isLoopbackAddress()) {
            out.println(
                    "  INSECURE: open to the network, and signatures are not enforced: every client that reaches this"
                            + " address can read and write every table");
        }
        out.flush();
    }

    private static void announce(TlsOptions tls, PrintWriter out) {
        if (tls.source() instanceof TlsOptions.Source.SelfSigned own) {
            out.println("  for clients to trust its certificate: export AWS_CA_BUNDLE="
                    + own.authority().toAbsolutePath().normalize());
        }
        tls.clientAuthorities()
                .ifPresent(file -> out.println("  clients need a certificate that is signed by one in " + file));
    }

    private String url(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String name = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
        return (networkOptions.isSecure() ? "https://" : "http://") + (name.indexOf(':') < 0 ? name : "[" + name + "]")
                + ":" + address.getPort();
    }
}
