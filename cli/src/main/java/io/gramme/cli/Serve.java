package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.server.CassandraCluster;
import io.gramme.server.Durability;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.server.ServerOptions.Ports;
import io.gramme.server.StorageOptions;
import io.gramme.server.kinesis.KinesisOptions;
import io.gramme.server.kinesis.KinesisOptions.Credentials;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code gramme serve}: runs a server until the process is told to end. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Gramme.Version.class,
        showDefaultValues = true,
        sortOptions = false,
        description = "Serves DynamoDB until interrupted.")
final class Serve implements Callable<Integer> {

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 0 takes any free port.")
    private int port = Ports.DEFAULT_PORT;

    @Option(names = "--host", paramLabel = "HOST", description = "On which address to listen; 0.0.0.0 is all of them.")
    private String host = Ports.DEFAULT_HOST;

    @Option(
            names = "--streams-port",
            paramLabel = "PORT",
            description = "Serve Streams on a port of their own, too.",
            showDefaultValue = NEVER)
    private @Nullable Integer streamsPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            description = "Tell Prometheus how the server is, at /metrics of this port.",
            showDefaultValue = NEVER)
    private @Nullable Integer metricsPort;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the tables are kept.")
    private Path data = Path.of("gramme-data");

    @Option(
            names = "--cache-bytes",
            paramLabel = "BYTES",
            description = "How much of the tables on the disk may be kept in memory, outside of the JVM's heap.")
    private long cacheBytes = StorageOptions.Disk.DEFAULT_CACHE_BYTES;

    @Option(
            names = "--disk-reserve",
            paramLabel = "BYTES",
            showDefaultValue = NEVER,
            description =
                    "Refuse writes while less than this is free on the disk of the tables; 256 MB by default, or a"
                            + " tenth of a disk that is smaller than 2.5 GB.")
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
            description = "disk (the default), memory, or cassandra.")
    private Storage storage = Storage.DISK;

    @Mixin
    private CassandraFlags cassandra = new CassandraFlags();

    @Option(
            names = "--in-memory",
            description = "Keep the tables in memory: they end with the server.",
            showDefaultValue = NEVER)
    private boolean inMemory;

    @Option(
            names = "--durability",
            paramLabel = "MODE",
            showDefaultValue = NEVER,
            description = "synced (the default): a write is on the disk before it is acknowledged;"
                    + " relaxed: a loss of power may take back the last ones.")
    private Durability durability = Durability.SYNCED;

    @Option(
            names = "--table-delay",
            paramLabel = "TIME",
            description = "How long a table is CREATING, UPDATING or DELETING: 500ms, 2s.",
            converter = DurationText.class,
            defaultValue = "0")
    private Duration tableDelay = Duration.ZERO;

    @Option(
            names = "--partition-bytes",
            paramLabel = "BYTES",
            description = "How much of a table one shard of its stream is for; less makes shards split sooner.")
    private long partitionBytes = Pace.DEFAULT_PARTITION_BYTES;

    @Option(
            names = "--ttl-interval",
            paramLabel = "TIME",
            description = "How often expired items are looked for; 0: only when 'gramme sweep' says so.",
            converter = DurationText.class,
            defaultValue = "5s")
    private Duration ttlInterval = Pace.DEFAULT_TTL_INTERVAL;

    @Option(
            names = "--index-delay",
            paramLabel = "TIME",
            description = "For tests, in memory: how long global indexes lag behind their tables.",
            converter = DurationText.class,
            defaultValue = "0")
    private Duration indexDelay = Duration.ZERO;

    @Option(
            names = "--kinesis-endpoint",
            paramLabel = "URL",
            description = "Where Kinesis is that the changes of tables go to. Requests are signed with"
                    + " AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN of the environment.",
            showDefaultValue = NEVER)
    private @Nullable URI kinesisEndpoint;

    @Option(
            names = "--log-level",
            paramLabel = "LEVEL",
            showDefaultValue = NEVER,
            description = "error, warning, info (the default) or debug.")
    private LogLevel logLevel = LogLevel.INFO;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where the tables are. */
    enum Storage {
        DISK,
        MEMORY,
        CASSANDRA
    }

    private ServerOptions options() {
        requirePort("--port", Optional.of(port));
        requirePort("--streams-port", Optional.ofNullable(streamsPort));
        requirePort("--metrics-port", Optional.ofNullable(metricsPort));
        if (cacheBytes < StorageOptions.Disk.LEAST_CACHE_BYTES) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--cache-bytes is at least " + StorageOptions.Disk.LEAST_CACHE_BYTES);
        }
        if (partitionBytes < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--partition-bytes is at least 1");
        }
        return new ServerOptions(
                new Ports(host, port, Optional.ofNullable(streamsPort), Optional.ofNullable(metricsPort)),
                storage(),
                new Pace(tableDelay, partitionBytes, ttlInterval),
                Optional.ofNullable(kinesisEndpoint).map(this::kinesis));
    }

    private void requirePort(String option, Optional<Integer> given) {
        if (given.isPresent() && (given.get() < 0 || given.get() > 65_535)) {
            throw new CommandLine.ParameterException(spec.commandLine(), option + " is 0 to 65535, not " + given.get());
        }
    }

    private StorageOptions storage() {
        Optional<CassandraCluster> cluster = cassandra.cluster(storage == Storage.CASSANDRA, spec);
        if (inMemory && cluster.isPresent()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--in-memory is no --storage cassandra");
        }
        boolean memory = inMemory || storage == Storage.MEMORY;
        if (indexDelay.isPositive() && !memory) {
            // What has not come to an index yet would be lost with the process.
            throw new CommandLine.ParameterException(spec.commandLine(), "--index-delay is for tables in memory only");
        }
        if ((memory || cluster.isPresent()) && (diskReserve != null || acceptLogLoss)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--disk-reserve and --accept-log-loss are for tables on the disk only");
        }
        if (memory) {
            return new StorageOptions.Memory(indexDelay);
        }
        return cluster.<StorageOptions>map(StorageOptions.Shared::new).orElseGet(this::disk);
    }

    private StorageOptions disk() {
        if (diskReserve != null && diskReserve < 0) {
            throw new CommandLine.ParameterException(spec.commandLine(), "--disk-reserve is at least 0");
        }
        return new StorageOptions.Disk(
                data.toAbsolutePath().normalize(),
                durability,
                cacheBytes,
                diskReserve == null ? OptionalLong.empty() : OptionalLong.of(diskReserve),
                acceptLogLoss);
    }

    private KinesisOptions kinesis(URI endpoint) {
        boolean usable = endpoint.getHost() != null
                && ("http".equalsIgnoreCase(endpoint.getScheme()) || "https".equalsIgnoreCase(endpoint.getScheme()));
        if (!usable) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--kinesis-endpoint is a URL such as http://127.0.0.1:4566, not " + endpoint);
        }
        Map<String, String> environment = System.getenv();
        return new KinesisOptions(
                endpoint,
                new Credentials(
                        environment.getOrDefault("AWS_ACCESS_KEY_ID", Credentials.ANY.accessKeyId()),
                        environment.getOrDefault("AWS_SECRET_ACCESS_KEY", Credentials.ANY.secretAccessKey()),
                        environment.getOrDefault("AWS_SESSION_TOKEN", Credentials.ANY.sessionToken())));
    }

    @Override
    public Integer call() throws InterruptedException {
        ServerOptions options = options();
        Logging.level(logLevel.level());
        Server server;
        try {
            server = Server.start(options);
        } catch (IOException | StorageException e) {
            spec.commandLine().getErr().println("gramme: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("gramme-stop").unstarted(server::close));
        announce(options, server);
        // The hook ends the server, and the end of the hook the process.
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private void announce(ServerOptions options, Server server) {
        PrintWriter out = spec.commandLine().getOut();
        InetSocketAddress address = server.address();
        out.println("Gramme " + Gramme.version());
        out.println("  listening on " + url(address));
        out.println("  tables in " + place(options.storage()));
        server.metricsAddress().ifPresent(metrics -> out.println("  metrics at " + url(metrics) + "/metrics"));
        if (!address.getAddress().isLoopbackAddress()) {
            out.println("  open to the network: signatures are not verified yet, so whoever reaches this address"
                    + " reads and writes every table");
        }
        out.flush();
    }

    private static String place(StorageOptions storage) {
        return switch (storage) {
            case StorageOptions.Memory _ -> "memory";
            case StorageOptions.Disk disk -> disk.data() + durable(disk.durability());
            case StorageOptions.Shared(CassandraCluster cluster) ->
                "Cassandra, keyspace " + cluster.keyspace() + " in " + cluster.datacenter();
        };
    }

    private static String durable(Durability durability) {
        return switch (durability) {
            case SYNCED -> ", on the disk before acknowledged";
            case RELAXED -> ", on the disk some time after acknowledged";
        };
    }

    private static String url(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        String name = host.isAnyLocalAddress() ? "localhost" : host.getHostAddress();
        return "http://" + (name.indexOf(':') < 0 ? name : "[" + name + "]") + ":" + address.getPort();
    }
}
