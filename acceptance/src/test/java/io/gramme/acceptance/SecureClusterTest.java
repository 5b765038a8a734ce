package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.consistency.workload.HttpDatabase;
import io.gramme.devcluster.ClusterOptions;
import io.gramme.devcluster.DevCluster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A Cassandra node that wants TLS, a certificate and a password of whoever comes, and a server that has them, or not. */
@Tag("cluster")
@Timeout(240)
@ResourceLock("nodes")
class SecureClusterTest {
    private static final String PASSWORD = "secret";
    private static final int PATIENCE_SECONDS = 60;

    @TempDir
    private static Path directory;

    private static DevCluster cluster;

    /** A node that can be spoken to without TLS as well, for then it can be asked whether it serves. */
    @BeforeAll
    static void start() throws Exception {
        for (String name : List.of("node", "server", "stranger")) {
            makeKey(name);
        }
        keytool(
                "-importcert",
                "-noprompt",
                "-alias",
                "server",
                "-file",
                file("server.pem"),
                "-keystore",
                file("trust.p12"));
        Files.writeString(directory.resolve("password"), "cassandra\n");
        cluster = DevCluster.start(directory.resolve("cluster"), ClusterOptions.oneNode("""
                authenticator: PasswordAuthenticator
                authorizer: CassandraAuthorizer
                client_encryption_options:
                  enabled: true
                  optional: true
                  require_client_auth: true
                  store_type: PKCS12
                  keystore: "%s"
                  keystore_password: %s
                  truststore: "%s"
                  truststore_password: %s
                """.formatted(
                        file("node.p12"), PASSWORD, file("trust.p12"), PASSWORD)));
    }

    @AfterAll
    static void end() throws Exception {
        if (cluster != null) {
            cluster.destroy();
        }
    }

    private static String file(String name) {
        return directory.resolve(name).toString();
    }

    /** A key and a certificate that is signed by it, as a store and as text. */
    private static void makeKey(String name) throws Exception {
        keytool(
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1",
                "-keystore",
                file(name + ".p12"));
        keytool("-exportcert", "-rfc", "-alias", name, "-file", file(name + ".pem"), "-keystore", file(name + ".p12"));
        Files.writeString(directory.resolve(name + ".key"), privateKey(name));
    }

    private static String privateKey(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key)
                + "\n-----END PRIVATE KEY-----\n";
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-storetype", "PKCS12", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = process.inputReader(UTF_8).readAllAsString();
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static GrammeProcess serve(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--storage",
                "cassandra",
                "--replication",
                "1",
                "--contact-points",
                TwoServers.text(cluster.contactPoints().getFirst())));
        options.addAll(List.of(more));
        return GrammeProcess.start(directory, options.toArray(String[]::new));
    }

    private static void requireRefusal(String... options) {
        assertThatThrownBy(() -> serve(options))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("the process ended before it listened");
    }

    @Test
    void aServerThatIsKnownServes() throws Exception {
        try (GrammeProcess server = serve(
                        "--user",
                        "cassandra",
                        "--password-file",
                        file("password"),
                        "--cassandra-tls-ca",
                        file("node.pem"),
                        "--cassandra-tls-cert",
                        file("server.pem"),
                        "--cassandra-tls-key",
                        file("server.key"));
                var database = new HttpDatabase(server.url())) {
            database.createTable(
                    "things",
                    "{TableName: 'things', BillingMode: 'PAY_PER_REQUEST',"
                            + "AttributeDefinitions: [{AttributeName: 'id', AttributeType: 'S'}],"
                            + "KeySchema: [{AttributeName: 'id', KeyType: 'HASH'}]}");
            var _ = database.mustDo("PutItem", "{TableName: 'things', Item: {id: {S: 'a'}}}");
            assertThat(database.mustDo("GetItem", "{TableName: 'things', Key: {id: {S: 'a'}}, ConsistentRead: true}")
                            .has("Item"))
                    .isTrue();
        }
    }

    @Test
    void aServerWithoutPasswordDoesNotStart() {
        requireRefusal(
                "--cassandra-tls-ca",
                file("node.pem"),
                "--cassandra-tls-cert",
                file("server.pem"),
                "--cassandra-tls-key",
                file("server.key"));
    }

    @Test
    void aServerWhoseCertificateNobodyKnowsDoesNotStart() {
        requireRefusal(
                "--user",
                "cassandra",
                "--password-file",
                file("password"),
                "--cassandra-tls-ca",
                file("node.pem"),
                "--cassandra-tls-cert",
                file("stranger.pem"),
                "--cassandra-tls-key",
                file("stranger.key"));
    }

    @Test
    void aServerDoesNotSpeakToANodeThatItHasNoReasonToTrust() {
        requireRefusal(
                "--user",
                "cassandra",
                "--password-file",
                file("password"),
                "--cassandra-tls-ca",
                file("stranger.pem"),
                "--cassandra-tls-cert",
                file("server.pem"),
                "--cassandra-tls-key",
                file("server.key"));
    }
}
