package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.server.CassandraCluster;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Which Cassandra cluster, for {@code gramme serve --storage cassandra}. */
final class CassandraFlags {
    @Option(
            names = "--contact-points",
            paramLabel = "HOST[:PORT]",
            split = ",",
            showDefaultValue = NEVER,
            description = "Some nodes of the cluster; the others are found through them.")
    private List<String> contactPoints = List.of();

    @Option(names = "--datacenter", paramLabel = "NAME", description = "The data center that this server is in.")
    private String datacenter = CassandraCluster.DEFAULT_DATACENTER;

    @Option(names = "--keyspace", paramLabel = "NAME", description = "Where the tables are; made if it is not there.")
    private String keyspace = CassandraCluster.DEFAULT_KEYSPACE;

    @Option(
            names = "--replication",
            paramLabel = "N|NAME:N",
            split = ",",
            showDefaultValue = NEVER,
            description =
                    "How many replicas a new keyspace has, in this data center or in each that is named; 3 if none is.")
    private List<String> replication = List.of();

    @Option(names = "--user", paramLabel = "NAME", showDefaultValue = NEVER, description = "As whom to log in.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "The first line of this file is the password.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--tls",
            showDefaultValue = NEVER,
            description = "Speak TLS to the nodes, and trust whom the JDK trusts.")
    private boolean tls;

    @Option(
            names = "--tls-ca",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Speak TLS to the nodes, and trust these certificates (PEM).")
    private @Nullable Path authorities;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Speak TLS to the nodes, and show them this certificate (PEM).")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "The private key of that certificate (PEM, PKCS #8, not encrypted).")
    private @Nullable Path key;

    /** The cluster, if one is wanted. */
    Optional<CassandraCluster> cluster(boolean wanted, CommandSpec spec) {
        if (!wanted) {
            if (!contactPoints.isEmpty()) {
                throw new ParameterException(spec.commandLine(), "--contact-points is for --storage cassandra");
            }
            return Optional.empty();
        }
        if (contactPoints.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--storage cassandra needs --contact-points");
        }
        if (!keyspace.matches("[a-z][a-z0-9_]{0,47}")) {
            throw new ParameterException(
                    spec.commandLine(), "--keyspace is lower-case letters, digits and _, not " + keyspace);
        }
        try {
            return Optional.of(new CassandraCluster(
                    contactPoints.stream().map(point -> address(point, spec)).toList(),
                    datacenter,
                    keyspace,
                    replicas(spec),
                    user(spec),
                    tls(spec)));
        } catch (IOException | GeneralSecurityException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static InetSocketAddress address(String point, CommandSpec spec) {
        int colon = point.lastIndexOf(':');
        // More than one colon is an address of IPv6 without a port, unless it stands in brackets.
        boolean plain = colon < 0 || (point.indexOf(':') < colon && !point.startsWith("["));
        if (plain || point.endsWith("]")) {
            return new InetSocketAddress(point, CassandraCluster.DEFAULT_PORT);
        }
        String port = point.substring(colon + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new ParameterException(spec.commandLine(), "--contact-points: no port: " + point);
        }
        return new InetSocketAddress(point.substring(0, colon), Integer.parseInt(port));
    }

    private Map<String, Integer> replicas(CommandSpec spec) {
        if (replication.isEmpty()) {
            return Map.of(datacenter, CassandraCluster.DEFAULT_REPLICAS);
        }
        var replicas = new LinkedHashMap<String, Integer>();
        for (String part : replication) {
            int colon = part.lastIndexOf(':');
            String number = part.substring(colon + 1);
            if (!number.matches("[1-9]\\d?")) {
                throw new ParameterException(
                        spec.commandLine(), "--replication is a number, or NAME:NUMBER,..., not " + part);
            }
            replicas.put(colon < 0 ? datacenter : part.substring(0, colon), Integer.parseInt(number));
        }
        return replicas;
    }

    private Optional<CassandraCluster.User> user(CommandSpec spec) throws IOException {
        if (user == null && passwordFile == null) {
            return Optional.empty();
        }
        if (user == null || passwordFile == null) {
            throw new ParameterException(spec.commandLine(), "--user and --password-file go together");
        }
        if (!Files.isReadable(passwordFile)) {
            throw new ParameterException(spec.commandLine(), "--password-file cannot be read: " + passwordFile);
        }
        String password = Files.readString(passwordFile).lines().findFirst().orElse("");
        return Optional.of(new CassandraCluster.User(user, password));
    }

    private Optional<SSLContext> tls(CommandSpec spec) throws IOException, GeneralSecurityException {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(spec.commandLine(), "--tls-cert and --tls-key go together");
        }
        if (!tls && authorities == null && certificate == null) {
            return Optional.empty();
        }
        var context = SSLContext.getInstance("TLS");
        // What is not given is what the JDK has by default.
        context.init(
                certificate == null || key == null
                        ? null
                        : Pem.identity(certificate, key).getKeyManagers(),
                authorities == null ? null : Pem.trust(authorities).getTrustManagers(),
                null);
        return Optional.of(context);
    }
}
