package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.ItemCodec;
import io.gramme.core.item.Value;
import io.gramme.server.Engine;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Encryption;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A text in values of every type, and then in no file that a server whose store is sealed has written. */
@Timeout(120)
class PlantedPlaintextTest {
    private static final String MARKER = "planted-plaintext-7f3a";
    private static final String DIGITS = "31415926535897932384626433832795";
    private static final String TABLE = """
            {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
               {"AttributeName": "n", "AttributeType": "N"}, {"AttributeName": "kind", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}],
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"},
             "LocalSecondaryIndexes": [{"IndexName": "local", "Projection": {"ProjectionType": "ALL"},
               "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "kind", "KeyType": "RANGE"}]}],
             "GlobalSecondaryIndexes": [{"IndexName": "global", "Projection": {"ProjectionType": "ALL"},
               "KeySchema": [{"AttributeName": "kind", "KeyType": "HASH"}]}]}""";

    @TempDir
    Path directory;

    private HttpServer function;

    @BeforeEach
    void startFunction() throws IOException {
        function = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        function.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            // The only words of others that a failure record has.
            exchange.getResponseHeaders().set("X-Amz-Function-Error", MARKER);
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        function.start();
    }

    @AfterEach
    void stopFunction() {
        function.stop(0);
    }

    private static Server serve(Path data, boolean sealed) throws IOException {
        var disk = new Engine.Disk(
                data, clock -> RocksStore.open(RocksStoreOptions.in(data).withWriteBuffers(1 << 20), clock));
        return Server.start(ServerOptions.with(disk)
                .at(sealed ? new Encryption(Encryption.Wish.ON, _ -> {}) : Encryption.OFF)
                .at(new Pace(Duration.ZERO, Pace.DEFAULT_PARTITION_BYTES, Duration.ZERO, Duration.ZERO)));
    }

    private static void call(Server server, String operation, String body) throws IOException, InterruptedException {
        assertThat(PlainCall.of(server, operation, body)).doesNotContain("__type");
    }

    private static CommandRun run(Server server, String... arguments) {
        CommandRun run = CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of(
                                "--port",
                                String.valueOf(server.address().getPort()),
                                "--access-key-id",
                                "123456789012",
                                "--region",
                                "eu-north-1"))
                .toArray(String[]::new));
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private static String item(int number) {
        String base64 = Base64.getEncoder().encodeToString(MARKER.getBytes(UTF_8));
        return """
                {"id": {"S": "o%d"}, "n": {"N": "%d"}, "kind": {"S": "k%d"}, "s": {"S": "%s"}, "b": {"B": "%s"},
                 "number": {"N": "%s"}, "ss": {"SS": ["a", "%s"]}, "bs": {"BS": ["%s"]}, "ns": {"NS": ["1", "%s"]},
                 "%s": {"BOOL": true}, "m": {"M": {"%s": {"L": [{"S": "%s"}, {"NULL": true}]}}}}""".formatted(
                number % 3, number, number % 2, MARKER, base64, DIGITS, MARKER, base64, DIGITS, MARKER, MARKER, MARKER);
    }

    /** Everything that makes a server write something. */
    private void use(Server server, Path data) throws IOException, InterruptedException {
        call(server, "CreateTable", TABLE);
        call(server, "UpdateContinuousBackups", """
                {"TableName": "orders", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}""");
        run(
                server,
                "trigger",
                "create",
                "--table",
                "orders",
                "--function",
                "ship",
                "--endpoint",
                "http://127.0.0.1:" + function.getAddress().getPort(),
                "--filter",
                "{\"dynamodb\": {\"NewImage\": {\"s\": {\"S\": [\"" + MARKER + "\"]}}}}",
                "--retries",
                "0",
                "--on-failure",
                "file:lost");
        for (int number = 0; number < 6; number++) {
            call(server, "PutItem", "{\"TableName\": \"orders\", \"Item\": " + item(number) + "}");
        }
        call(server, "UpdateItem", """
                {"TableName": "orders", "Key": {"id": {"S": "o1"}, "n": {"N": "1"}}, "UpdateExpression": "SET more = :v",
                 "ExpressionAttributeValues": {":v": {"S": "%s"}}}""".formatted(MARKER));
        call(server, "DeleteItem", """
                {"TableName": "orders", "Key": {"id": {"S": "o2"}, "n": {"N": "2"}}}""");
        call(server, "TransactWriteItems", """
                {"ClientRequestToken": "token", "TransactItems": [{"Put": {"TableName": "orders", "Item": %s}},
                 {"ConditionCheck": {"TableName": "orders", "Key": {"id": {"S": "o0"}, "n": {"N": "0"}},
                  "ConditionExpression": "s = :v", "ExpressionAttributeValues": {":v": {"S": "%s"}}}}]}""".formatted(item(7), MARKER));
        run(server, "backup", "create", "orders", "--name", "kept", "--wait");
        Awaitility.await().until(() -> Files.exists(data.resolve("dead-letters/lost")));
        run(server, "backup", "server", "whole");
    }

    /** A table whose partition keys are not to be found either. */
    private static void useBlindKeys(Server server) throws IOException, InterruptedException {
        call(server, "CreateTable", """
                {"TableName": "patients", "BillingMode": "PAY_PER_REQUEST",
                 "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"},
                   {"AttributeName": "n", "AttributeType": "N"}, {"AttributeName": "doctor", "AttributeType": "S"}],
                 "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}, {"AttributeName": "n", "KeyType": "RANGE"}],
                 "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "KEYS_ONLY"},
                 "Tags": [{"Key": "gramme:blind-partition-keys", "Value": "true"}],
                 "GlobalSecondaryIndexes": [{"IndexName": "global", "Projection": {"ProjectionType": "ALL"},
                   "KeySchema": [{"AttributeName": "doctor", "KeyType": "HASH"}]}]}""");
        call(server, "UpdateContinuousBackups", """
                {"TableName": "patients", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}""");
        call(server, "UpdateTimeToLive", """
                {"TableName": "patients", "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "ends"}}""");
        for (int number = 0; number < 3; number++) {
            call(server, "PutItem", """
                    {"TableName": "patients", "Item": {"id": {"S": "%s"}, "n": {"N": "%d"}, "doctor": {"S": "%s"},
                     "ends": {"N": "4000000000"}}}""".formatted(MARKER, number, MARKER));
        }
        call(server, "DeleteItem", """
                {"TableName": "patients", "Key": {"id": {"S": "%s"}, "n": {"N": "1"}}}""".formatted(MARKER));
        assertThat(PlainCall.of(server, "Query", """
                {"TableName": "patients", "IndexName": "global", "Select": "COUNT", "KeyConditionExpression": "doctor = :d",
                 "ExpressionAttributeValues": {":d": {"S": "%s"}}}""".formatted(MARKER))).contains("\"Count\":2");
        run(server, "backup", "create", "patients", "--name", "kept", "--wait");
    }

    /** Where the marker is, in what a server, one that was killed and their backups leave. */
    private List<String> findings(boolean sealed) throws IOException, InterruptedException {
        Path data = directory.resolve("data");
        Path killed = directory.resolve("killed");
        var planted = List.of(new PlantedText(MARKER, MARKER.getBytes(UTF_8)), new PlantedText(DIGITS, number()));
        var found = new ArrayList<String>();
        try (Server server = serve(data, sealed)) {
            use(server, data);
            if (sealed) {
                useBlindKeys(server);
            }
            copy(data, killed);
            Path key = directory.resolve("data.key");
            if (Files.exists(key)) {
                Files.copy(key, directory.resolve("killed.key"));
            }
        }
        for (PlantedText text : planted) {
            found.addAll(text.in(directory));
        }
        // What a crash leaves is the log of the database: it is read, and written into tables.
        try (Server server = serve(killed, sealed)) {
            assertThat(PlainCall.of(server, "Scan", "{\"TableName\": \"orders\", \"Select\": \"COUNT\"}"))
                    .contains("\"Count\":6");
        }
        for (PlantedText text : planted) {
            found.addAll(text.in(killed));
        }
        return found;
    }

    /** The end of a number as rows have it. */
    private static byte[] number() {
        byte[] row = ItemCodec.encode(Item.of("a", new Value.N(Decimal.parse(DIGITS))))
                .toArray();
        return Arrays.copyOfRange(row, row.length - 10, row.length);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(path -> !path.startsWith(from.resolve("server-backups")))
                    .toList()) {
                Path copy = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    @Test
    void noFileOfASealedServerHasAValueInClear() throws IOException, InterruptedException {
        assertThat(findings(true)).isEmpty();
        Path letters = directory.resolve("data/dead-letters/lost");
        CommandRun run = CommandRun.of("trigger", "dead-letters", letters.toString());
        assertThat(run.out()).as(run.err()).contains("\"functionError\":\"" + MARKER + "\"");
        CommandRun stranger = CommandRun.of(
                "trigger",
                "dead-letters",
                letters.toString(),
                "--server-key",
                otherKey().toString());
        assertThat(stranger.status()).isOne();
        assertThat(stranger.out()).isEmpty();
        assertThat(stranger.err()).contains("line 1").contains("is missing");
    }

    private Path otherKey() throws IOException {
        Path other = directory.resolve("other.key");
        Files.writeString(other, Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));
        return other;
    }

    @Test
    void theSameSearchFindsTheValuesOfAServerInClear() throws IOException, InterruptedException {
        List<String> found = findings(false);
        assertThat(found).anyMatch(line -> line.matches("data/db/.*: text"));
        assertThat(found).anyMatch(line -> line.matches("data/db/.*: row"));
        assertThat(found).anyMatch(line -> line.matches("killed/db/.*: text"));
        assertThat(found).anyMatch(line -> line.matches("data/backups/.*gz, gzip at 0: text"));
        assertThat(found).anyMatch(line -> line.matches("data/server-backups/whole/.*: text"));
        assertThat(found).contains("data/dead-letters/lost: text");
        CommandRun run = CommandRun.of(
                "trigger",
                "dead-letters",
                directory.resolve("data/dead-letters/lost").toString());
        assertThat(run.out()).as(run.err()).contains("\"functionError\":\"" + MARKER + "\"");
    }
}
