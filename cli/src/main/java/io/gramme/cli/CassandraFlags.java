package io.gramme.cli;

import static picocli.CommandLine.Help.Visibility.NEVER;

import io.gramme.http.tls.Pem;
import io.gramme.storage.cassandra.CassandraOptions;
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

/** The options of {@code gramme serve --storage cassandra}: which cluster to connect to, and how. */
final class CassandraFlags {
    @Option(
            names = "--contact-points",
            paramLabel = "HOST[:PORT]",
            split = ",",
            showDefaultValue = NEVER,
            description = "Connect to these Cassandra nodes; the others are found through them.")
    private List<String> contactPoints = List.of();

    @Option(
            names = "--datacenter",
            paramLabel = "NAME",
            description = "Name of the Cassandra data center that this server is in.")
    private String datacenter = CassandraOptions.DATACENTER;

    @Option(
            names = "--keyspace",
            paramLabel = "NAME",
            description = "Keep the tables in this Cassandra keyspace, which is created if it is missing.")
    private String keyspace = CassandraOptions.KEYSPACE;

    @Option(
            names = "--replication",
            paramLabel = "N|NAME:N",
            split = ",",
            showDefaultValue = NEVER,
            description = "Number of replicas of a new keyspace, in this data center or in each one named. Default: 3,"
                    + " or 1 where the data center has one node.")
    private List<String> replication = List.of();

    @Option(names = "--user", paramLabel = "NAME", showDefaultValue = NEVER, description = "Cassandra user name.")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Read the password of --user from the first line of this file.")
    private @Nullable Path passwordFile;

    @Option(
            names = "--cassandra-tls",
            showDefaultValue = NEVER,
            description = "Connect to the Cassandra nodes by TLS; trust the certificate authorities of the JDK.")
    private boolean tls;

    @Option(
            names = "--cassandra-tls-ca",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Connect to the Cassandra nodes by TLS; trust the certificates in this file (PEM).")
    private @Nullable Path authorities;

    @Option(
            names = "--cassandra-tls-cert",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Connect to the Cassandra nodes by TLS; present the certificate in this file (PEM).")
    private @Nullable Path certificate;

    @Option(
            names = "--cassandra-tls-key",
            paramLabel = "FILE",
            showDefaultValue = NEVER,
            description = "Private key of --cassandra-tls-cert (PEM, PKCS #8, not encrypted).")
    private @Nullable Path key;

    /**
     * The cluster that the options describe.
     *
     * @param wanted whether the tables are kept in Cassandra; otherwise the result is empty
     * @throws ParameterException if an option is missing or invalid
     */
    Optional<CassandraOptions> cluster(boolean wanted, CommandSpec spec) {
        if (!wanted) {
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
            return Optional.of(new CassandraOptions(
                    contactPoints.stream().map(point -> address(point, spec)).toList(),
                    datacenter,
                    keyspace,
                    replicas(spec),
                    user(spec),
                    tls(spec),
                    CassandraOptions.REQUEST_TIMEOUT,
                    CassandraOptions.PATIENCE,
                    CassandraOptions.TRANSACTION_LIFE));
        } catch (IOException | GeneralSecurityException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private static InetSocketAddress address(String point, CommandSpec spec) {
        int colon = point.lastIndexOf(':');
        // An address with more than one colon is IPv6 without a port, unless it is in brackets.
        boolean plain = colon < 0 || (point.indexOf(':') < colon && !point.startsWith("["));
        if (plain || point.endsWith("]")) {
            return new InetSocketAddress(point, CassandraOptions.PORT);
        }
        String port = point.substring(colon + 1);
        if (!port.matches("[1-9]\\d{0,4}") || Integer.parseInt(port) > 65_535) {
            throw new ParameterException(
                    spec.commandLine(), "--contact-points has no port from 1 to 65535 in " + point);
        }
        return new InetSocketAddress(point.substring(0, colon), Integer.parseInt(port));
    }

    /** The number of replicas for each data center; empty if --replication is not given. */
    private Map<String, Integer> replicas(CommandSpec spec) {
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

    private Optional<CassandraOptions.Credentials> user(CommandSpec spec) throws IOException {
        if (user == null && passwordFile == null) {
            return Optional.empty();
        }
        if (user == null || passwordFile == null) {
            throw new ParameterException(spec.commandLine(), "--user and --password-file go together");
        }
        requireReadable("--password-file", passwordFile, spec);
        String password = Files.readString(passwordFile).lines().findFirst().orElse("");
        return Optional.of(new CassandraOptions.Credentials(user, password));
    }

    private static void requireReadable(String option, @Nullable Path file, CommandSpec spec) {
        if (file != null && !(Files.isRegularFile(file) && Files.isReadable(file))) {
            throw new ParameterException(spec.commandLine(), option + " is not a file that can be read: " + file);
        }
    }

    private Optional<SSLContext> tls(CommandSpec spec) throws IOException, GeneralSecurityException {
        if ((certificate == null) != (key == null)) {
            throw new ParameterException(
                    spec.commandLine(), "--cassandra-tls-cert and --cassandra-tls-key go together");
        }
        if (!tls && authorities == null && certificate == null) {
            return Optional.empty();
        }
        requireReadable("--cassandra-tls-ca", authorities, spec);
        requireReadable("--cassandra-tls-cert", certificate, spec);
        requireReadable("--cassandra-tls-key", key, spec);
        var context = SSLContext.getInstance("TLS");
        // The JDK supplies its default for each part that is not given.
        context.init(
                certificate == null || key == null
                        ? null
                        : Pem.identity(certificate, key).getKeyManagers(),
                authorities == null ? null : Pem.trust(authorities).getTrustManagers(),
                null);
        return Optional.of(context);
    }
}
