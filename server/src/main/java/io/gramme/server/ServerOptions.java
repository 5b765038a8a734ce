package io.gramme.server;

import static java.util.Objects.requireNonNull;

import io.gramme.delivery.kinesis.KinesisOptions;
import io.gramme.encryption.KeyService;
import io.gramme.http.Authentication;
import io.gramme.http.HttpOptions;
import io.gramme.http.tls.TlsOptions;
import io.gramme.recovery.BackupPlace;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.security.audit.AuditFiles;
import io.gramme.security.identity.NewKey;
import io.gramme.security.identity.RootKey;
import io.gramme.server.metric.Lags;
import io.gramme.server.metric.Monitor;
import io.gramme.tables.capacity.ThroughputMode;
import io.gramme.tables.table.Throughput;
import io.gramme.transfer.bucket.Buckets;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The options of a server. Each {@code at} method returns a copy that differs in one option.
 *
 * @param engine where the tables are
 * @param kinesis the endpoint that Kinesis destinations deliver to; without it no destination can be enabled
 * @param encryption whether rows are sealed where they are stored
 * @param faultRules whether requests may be made to fail by rules, for tests of clients
 * @param security who may use the server
 */
public record ServerOptions(
        Ports ports,
        Engine engine,
        Pace pace,
        Files files,
        Throttling throttling,
        Optional<KinesisOptions> kinesis,
        Optional<Monitoring> monitoring,
        Security security,
        Network network,
        Encryption encryption,
        boolean faultRules) {

    /**
     * The host and ports of a server. Port 0 takes any free port.
     *
     * @param streams a port for Streams besides {@code port}, for clients that need a separate endpoint
     */
    public record Ports(String host, int port, Optional<Integer> streams) {
        public static final String DEFAULT_HOST = "127.0.0.1";
        public static final int DEFAULT_PORT = 8000;

        /** Any free port on the loopback address. */
        public static final Ports ANY = new Ports(DEFAULT_HOST, 0, Optional.empty());

        /** The ports that take requests; the first takes requests of all services. */
        List<Integer> ofRequests() {
            return streams.map(own -> List.of(port, own)).orElseGet(() -> List.of(port));
        }
    }

    /**
     * The settings of background work.
     *
     * @param tableDelay how long a table stays CREATING, UPDATING or DELETING
     * @param partitionBytes the amount of table data for each shard of its stream
     * @param ttlInterval the pause between sweeps for expired items; zero to sweep on request only
     * @param recoveryLag how far the latest time lies back to which a table can be restored
     */
    public record Pace(Duration tableDelay, long partitionBytes, Duration ttlInterval, Duration recoveryLag) {
        /** The size of the service's partitions. */
        public static final long DEFAULT_PARTITION_BYTES = 10L << 30;

        public static final Duration DEFAULT_TTL_INTERVAL = Duration.ofSeconds(5);
        public static final Pace DEFAULT =
                new Pace(Duration.ZERO, DEFAULT_PARTITION_BYTES, DEFAULT_TTL_INTERVAL, RecoveryWindow.LAG);
    }

    /**
     * Where backups, exports and imports have their files.
     *
     * @param backups empty for a place beside the tables, if no other server uses them
     * @param buckets of exports and imports; the server closes them
     * @param serverBackups in which the server is backed up; empty for a subdirectory of the data directory
     */
    public record Files(Optional<BackupPlace> backups, Buckets buckets, Optional<Path> serverBackups) {
        /** No bucket can be found. */
        public static final Files NONE = new Files(Optional.empty(), new MemoryBuckets(), Optional.empty());
    }

    /**
     * What requests are refused for.
     *
     * @param mode of tables without a tag that says otherwise
     * @param accountQuota of each account in each region, if there is one
     */
    public record Throttling(ThroughputMode mode, Optional<Throughput> accountQuota) {
        public static final Throttling OFF = new Throttling(ThroughputMode.OFF, Optional.empty());
    }

    /**
     * The pages for monitors, on a port of their own.
     *
     * @param port on the host of the other ports; 0 takes any free port
     * @param start starts what fills the pages, given the sources of lag metrics
     */
    public record Monitoring(int port, Function<Lags, Monitor> start) {}

    /**
     * Who may call.
     *
     * @param mode whether signatures and policies are checked, and what becomes of a request that fails
     * @param serverKey the file of the key that seals secrets; empty for one beside the data directory
     * @param rootAccount in which the first key is made, when a server that checks finds none
     * @param root that key; empty for a random one
     * @param firstKey is shown it, once
     * @param keyService of the root keys that clients choose for tables; empty for the keys of this server
     */
    public record Security(
            Authentication.Mode mode,
            Optional<Path> serverKey,
            String rootAccount,
            Optional<RootKey.Given> root,
            Consumer<NewKey> firstKey,
            Optional<KeyService> keyService) {
        public static final Security OFF = new Security(
                Authentication.Mode.OFF, Optional.empty(), RootKey.DEFAULT_ACCOUNT, Optional.empty(), _ -> {});

        public Security {
            requireNonNull(firstKey);
        }

        /** With the keys of this server. */
        public Security(
                Authentication.Mode mode,
                Optional<Path> serverKey,
                String rootAccount,
                Optional<RootKey.Given> root,
                Consumer<NewKey> firstKey) {
            this(mode, serverKey, rootAccount, root, firstKey, Optional.empty());
        }

        public Security at(KeyService service) {
            return new Security(mode, serverKey, rootAccount, root, firstKey, Optional.of(service));
        }
    }

    /**
     * How clients may reach the ports; in this JVM none of it applies.
     *
     * @param tls of all ports; empty for plain HTTP
     * @param audit where requests are recorded; empty for nowhere
     */
    public record Network(
            Optional<TlsOptions> tls,
            HttpOptions.Browsers browsers,
            HttpOptions.PerClient perClient,
            Optional<AuditFiles> audit) {
        public static final Network PLAIN = new Network(
                Optional.empty(), HttpOptions.Browsers.NONE, HttpOptions.PerClient.DEFAULT, Optional.empty());
    }

    /**
     * Encryption at rest. It is decided when a store is first used.
     *
     * @param wish what the store must be; a store that is otherwise is refused
     * @param started is shown, once, what was decided for a new store, unless that is as {@code wish} says in any case
     */
    public record Encryption(Wish wish, Consumer<NewStore> started) {
        /** What a store must be. */
        public enum Wish {
            /** As it is; a new store is not sealed. */
            AS_FOUND,
            /** As it is; a new store is sealed if it has a server key, or can make one. */
            IF_NEW,
            ON,
            OFF
        }

        public static final Encryption DEFAULT = new Encryption(Wish.AS_FOUND, _ -> {});
        public static final Encryption OFF = new Encryption(Wish.OFF, _ -> {});
    }

    /** What was decided for a new store. */
    public sealed interface NewStore {
        /** It is not sealed, because it has no server key. */
        record Clear() implements NewStore {}

        /**
         * @param place where the server key is
         * @param recoveryKey the server key as a text that a person can write down, if this start made it
         */
        record Sealed(String place, Optional<String> recoveryKey) implements NewStore {
            /** Without the key. */
            @Override
            public String toString() {
                return "sealed with the server key in " + place;
            }
        }
    }

    /** Options with any free port and defaults for everything else. */
    public static ServerOptions with(Engine engine) {
        return new ServerOptions(
                Ports.ANY,
                engine,
                Pace.DEFAULT,
                Files.NONE,
                Throttling.OFF,
                Optional.empty(),
                Optional.empty(),
                Security.OFF,
                Network.PLAIN,
                Encryption.DEFAULT,
                false);
    }

    /** A server whose tables are in memory, on any free port. */
    public static ServerOptions inMemory() {
        return with(Engine.Memory.PLAIN);
    }

    public ServerOptions at(Ports others) {
        return new ServerOptions(
                others,
                engine,
                pace,
                files,
                throttling,
                kinesis,
                monitoring,
                security,
                network,
                encryption,
                faultRules);
    }

    public ServerOptions at(Pace other) {
        return new ServerOptions(
                ports,
                engine,
                other,
                files,
                throttling,
                kinesis,
                monitoring,
                security,
                network,
                encryption,
                faultRules);
    }

    public ServerOptions at(Files other) {
        return new ServerOptions(
                ports, engine, pace, other, throttling, kinesis, monitoring, security, network, encryption, faultRules);
    }

    public ServerOptions at(Throttling other) {
        return new ServerOptions(
                ports, engine, pace, files, other, kinesis, monitoring, security, network, encryption, faultRules);
    }

    public ServerOptions at(Security other) {
        return new ServerOptions(
                ports, engine, pace, files, throttling, kinesis, monitoring, other, network, encryption, faultRules);
    }

    public ServerOptions at(Monitoring other) {
        return new ServerOptions(
                ports,
                engine,
                pace,
                files,
                throttling,
                kinesis,
                Optional.of(other),
                security,
                network,
                encryption,
                faultRules);
    }

    /** For tests of clients: requests may be made to fail by rules. */
    public ServerOptions withFaultRules() {
        return new ServerOptions(
                ports, engine, pace, files, throttling, kinesis, monitoring, security, network, encryption, true);
    }

    public ServerOptions at(Network other) {
        return new ServerOptions(
                ports, engine, pace, files, throttling, kinesis, monitoring, security, other, encryption, faultRules);
    }

    public ServerOptions at(Encryption other) {
        return new ServerOptions(
                ports, engine, pace, files, throttling, kinesis, monitoring, security, network, other, faultRules);
    }
}
