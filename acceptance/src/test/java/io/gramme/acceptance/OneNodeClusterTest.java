package io.gramme.acceptance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.consistency.workload.HttpDatabase;
import io.gramme.devcluster.ClusterOptions;
import io.gramme.devcluster.DevCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a user sees who begins with the smallest cluster there is. */
@Tag("cluster")
@Timeout(240)
@ResourceLock("nodes")
class OneNodeClusterTest {
    private static final String ROOT_KEY = "AKIAROOTROOTROOTROOT";
    private static final String ROOT_SECRET = "rootsecretrootsecretrootsecretroot";

    @TempDir
    private static Path directory;

    private static DevCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = DevCluster.start(directory.resolve("cluster"), ClusterOptions.oneNode(""));
    }

    @AfterAll
    static void end() throws Exception {
        if (cluster != null) {
            cluster.destroy();
        }
    }

    private static String[] options(String... more) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "--storage",
                "cassandra",
                "--contact-points",
                TwoServers.text(cluster.contactPoints().getFirst())));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    /** What a server says that does not start. */
    private static String refusal(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.gramme.cli.Gramme",
                "serve",
                "--port",
                "0"));
        command.addAll(List.of(options(more)));
        Process process = new ProcessBuilder(command).start();
        String said = process.errorReader(UTF_8).readAllAsString();
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        return said.lines().reduce((_, last) -> last).orElse("");
    }

    @Test
    void aKeyspaceThatIsMadeOnOneNodeHasOneReplicaAndIsFoundAgain() throws Exception {
        for (int start = 0; start < 2; start++) {
            try (var server = GrammeProcess.start(directory, options());
                    var database = new HttpDatabase(server.url())) {
                assertThat(database.mustDo("ListTables", "{}").has("TableNames"))
                        .isTrue();
                server.stop();
            }
        }
    }

    @Test
    void aTableIsRestoredAsItWasBeforeLaterChanges() throws Exception {
        try (var server = GrammeProcess.start(directory, options("--keyspace", "past", "--recovery-lag", "0s"));
                var database = new HttpDatabase(server.url())) {
            database.createTable(
                    "source",
                    "{TableName: 'source', BillingMode: 'PAY_PER_REQUEST',"
                            + "AttributeDefinitions: [{AttributeName: 'pk', AttributeType: 'S'}],"
                            + "KeySchema: [{AttributeName: 'pk', KeyType: 'HASH'}]}");
            for (int i = 0; i < 10; i++) {
                database.mustDo("PutItem", put(i, "before"));
            }
            database.mustDo(
                    "UpdateContinuousBackups",
                    "{TableName: 'source', PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}}");
            long moment = awaitMoment(database);
            database.mustDo("PutItem", put(1, "after"));
            database.mustDo("PutItem", put(1, "later"));
            database.mustDo("DeleteItem", "{TableName: 'source', Key: {pk: {S: '2'}}}");
            database.mustDo(
                    "TransactWriteItems",
                    "{TransactItems: [{Put: " + put(3, "after") + "}, {Put: " + put(20, "after") + "}]}");
            database.mustDo(
                    "RestoreTableToPointInTime",
                    "{SourceTableName: 'source', TargetTableName: 'target', RestoreDateTime: " + moment + "}");
            await(() -> database.mustDo("DescribeTable", "{TableName: 'target'}")
                    .at("/Table/TableStatus")
                    .asString()
                    .equals("ACTIVE"));
            assertThat(items(database, "target"))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 10).mapToObj(i -> i + " before").toList());
            assertThat(items(database, "source"))
                    .hasSize(10)
                    .contains("1 later", "3 after", "20 after")
                    .doesNotContain("2 before");
            server.stop();
        }
    }

    /** A second that the table can be restored to, after it has ended: the state at its begin is that of now. */
    private static long awaitMoment(HttpDatabase database) throws InterruptedException {
        var earliest = new AtomicLong();
        await(() -> {
            earliest.set(database.mustDo("DescribeContinuousBackups", "{TableName: 'source'}")
                    .at("/ContinuousBackupsDescription/PointInTimeRecoveryDescription/EarliestRestorableDateTime")
                    .asLong(Long.MAX_VALUE));
            return earliest.get() < System.currentTimeMillis() / 1000 - 1;
        });
        return earliest.get() + 1;
    }

    private static String put(int key, String value) {
        return "{TableName: 'source', Item: {pk: {S: '" + key + "'}, v: {S: '" + value + "'}}}";
    }

    private static List<String> items(HttpDatabase database, String table) {
        var items = database.mustDo("Scan", "{TableName: '" + table + "', ConsistentRead: true}")
                .get("Items");
        return items.valueStream()
                .map(item -> item.at("/pk/S").asString() + " " + item.at("/v/S").asString())
                .toList();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.sleep(100);
        }
    }

    @Test
    void aKeyspaceThatOneNodeCannotServeIsRefusedAndNotMade() throws Exception {
        String refusal =
                "gramme: the data center has too few nodes for the replicas of the keyspace; start more nodes, or"
                        + " serve another keyspace with fewer replicas (gramme serve --keyspace NAME --replication 1):"
                        + " keyspace=three datacenter=datacenter1 nodes=1 replicas=3";
        assertThat(refusal("--keyspace", "three", "--replication", "3")).isEqualTo(refusal);
        try (var server = GrammeProcess.start(directory, options("--keyspace", "three"))) {
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void keysSessionsAndPoliciesThatOneServerMakesHoldOnAnother() throws Exception {
        Path key = Files.writeString(
                directory.resolve("server.key"), Base64.getEncoder().encodeToString(new byte[32]));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        var environment = Map.of(
                "GRAMME_ROOT_ACCESS_KEY_FILE",
                        Files.writeString(directory.resolve("id"), ROOT_KEY).toString(),
                "GRAMME_ROOT_SECRET_FILE",
                        Files.writeString(directory.resolve("secret"), ROOT_SECRET)
                                .toString());
        String[] options = options("--keyspace", "guarded", "--auth", "enforce", "--server-key", key.toString());
        try (var one = GrammeProcess.start(directory, environment, options);
                var other = GrammeProcess.start(directory, environment, options)) {
            var root = new SigningClient(one.url(), ROOT_KEY, ROOT_SECRET, "");
            iam(root, "Action=CreateUser&UserName=anna");
            iam(root, "Action=PutUserPolicy&UserName=anna&PolicyName=all&PolicyDocument=" + policy("dynamodb:*"));
            String made = iam(root, "Action=CreateAccessKey&UserName=anna");
            var anna =
                    new SigningClient(other.url(), element(made, "AccessKeyId"), element(made, "SecretAccessKey"), "");
            assertThat(anna.dynamoDb("ListTables", "{}")).startsWith("200 ");
            shareAnEncryptedTable(anna, anna.at(one.url()));

            String trust = URLEncoder.encode(
                    "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"sts:AssumeRole\","
                            + "\"Principal\":{\"AWS\":\"arn:aws:iam::000000000000:user/anna\"}}}",
                    UTF_8);
            iam(root, "Action=CreateRole&RoleName=night&AssumeRolePolicyDocument=" + trust);
            iam(
                    root,
                    "Action=PutRolePolicy&RoleName=night&PolicyName=own&PolicyDocument="
                            + policy("dynamodb:ListTables"));
            String session = anna.at(one.url())
                    .form(
                            "sts",
                            "2011-06-15",
                            "Action=AssumeRole&RoleSessionName=job&RoleArn=arn:aws:iam::000000000000:role/night");
            var night = new SigningClient(
                    other.url(),
                    element(session, "AccessKeyId"),
                    element(session, "SecretAccessKey"),
                    element(session, "SessionToken"));
            assertThat(night.dynamoDb("ListTables", "{}")).startsWith("200 ");
            assertThat(night.dynamoDb("DescribeLimits", "{}"))
                    .startsWith("400 ")
                    .contains("assumed-role/night/job is not authorized to perform: dynamodb:DescribeLimits");

            iam(root, "Action=DeleteAccessKey&UserName=anna&AccessKeyId=" + anna.keyId());
            assertThat(anna.at(one.url()).dynamoDb("ListTables", "{}")).contains("UnrecognizedClientException");
            await(() -> asks(anna).contains("UnrecognizedClientException"));
        }
        assertThat(refusal("--keyspace", "guarded"))
                .startsWith(
                        "gramme: The store is encrypted, and its server key is missing: name its file with --server-key");
    }

    /** With a server key a new keyspace is encrypted: what one server sealed, the other opens. */
    private static void shareAnEncryptedTable(SigningClient one, SigningClient other) throws InterruptedException {
        String table = "{\"TableName\": \"sealed\"";
        assertThat(asks(
                        one,
                        "CreateTable",
                        table + ", \"BillingMode\": \"PAY_PER_REQUEST\", \"SSESpecification\": {\"Enabled\": true},"
                                + " \"AttributeDefinitions\": [{\"AttributeName\": \"pk\", \"AttributeType\": \"S\"}],"
                                + " \"KeySchema\": [{\"AttributeName\": \"pk\", \"KeyType\": \"HASH\"}]}"))
                .startsWith("200 ");
        await(() -> asks(other, "PutItem", table + ", \"Item\": {\"pk\": {\"S\": \"a\"}, \"of\": {\"S\": \"other\"}}}")
                .startsWith("200 "));
        assertThat(asks(one, "PutItem", table + ", \"Item\": {\"pk\": {\"S\": \"b\"}, \"of\": {\"S\": \"one\"}}}"))
                .startsWith("200 ");
        for (SigningClient reader : List.of(one, other)) {
            assertThat(asks(reader, "Scan", table + ", \"ConsistentRead\": true}"))
                    .contains("\"other\"", "\"one\"");
        }
    }

    private static String asks(SigningClient client) {
        return asks(client, "ListTables", "{}");
    }

    private static String asks(SigningClient client, String operation, String request) {
        try {
            return client.dynamoDb(operation, request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String iam(SigningClient client, String form) throws IOException, InterruptedException {
        String answer = client.form("iam", "2010-05-08", form);
        assertThat(answer).startsWith("200 ");
        return answer;
    }

    private static String policy(String action) {
        return URLEncoder.encode(
                "{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"" + action
                        + "\",\"Resource\":\"*\"}}",
                UTF_8);
    }

    private static String element(String xml, String name) {
        int begin = xml.indexOf("<" + name + ">") + name.length() + 2;
        return xml.substring(begin, xml.indexOf("</" + name + ">"));
    }

    @Test
    void aDataCenterThatIsNotThereIsTold() throws Exception {
        assertThat(refusal("--datacenter", "dc9"))
                .isEqualTo("gramme: the cluster has no such data center; name one that it has (--datacenter):"
                        + " datacenter=dc9 found=datacenter1");
    }
}
