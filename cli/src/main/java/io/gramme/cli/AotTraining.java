package io.gramme.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * {@code gramme rehearse}, the hidden command that trains the AOT cache: starts a server, sends it a few requests, and
 * ends. The build runs it once and lets the JVM record what it loaded and compiled, which makes every later start
 * faster by a third or more.
 */
@Command(name = "rehearse", hidden = true)
final class AotTraining implements Callable<Integer> {
    /** One request: the operation and its body. */
    private record Line(String operation, String body) {}

    private static final int ROUNDS = 20;
    private static final String ITEM =
            "{\"TableName\":\"rehearsal\",\"Item\":{\"id\":{\"S\":\"a\"},\"n\":{\"N\":\"1\"}}}";
    private static final String KEY = "{\"TableName\":\"rehearsal\",\"Key\":{\"id\":{\"S\":\"a\"}}}";

    private static final Line BEGINNING = new Line(
            "CreateTable",
            "{\"TableName\":\"rehearsal\",\"BillingMode\":\"PAY_PER_REQUEST\","
                    + "\"AttributeDefinitions\":[{\"AttributeName\":\"id\",\"AttributeType\":\"S\"}],"
                    + "\"KeySchema\":[{\"AttributeName\":\"id\",\"KeyType\":\"HASH\"}]}");
    private static final List<Line> LINES = List.of(
            new Line("ListTables", "{}"),
            new Line("PutItem", ITEM),
            new Line("GetItem", KEY),
            new Line(
                    "Query",
                    "{\"TableName\":\"rehearsal\",\"KeyConditionExpression\":\"id = :id\","
                            + "\"ExpressionAttributeValues\":{\":id\":{\"S\":\"a\"}}}"),
            new Line("DeleteItem", KEY));

    @Override
    public Integer call() throws IOException {
        Path stage = Files.createTempDirectory("gramme-rehearsal");
        try {
            play(stage.resolve("data"));
        } finally {
            clear(stage);
        }
        return CommandLine.ExitCode.OK;
    }

    private static void play(Path data) throws IOException {
        var options = ServerOptions.with(new StorageChoice.Disk(RocksStoreOptions.in(data)).engine())
                .at(new Pace(Duration.ZERO, Pace.DEFAULT_PARTITION_BYTES, Duration.ZERO, Duration.ZERO));
        try (var server = Server.start(options)) {
            ask(server.address(), BEGINNING);
            for (int round = 0; round < ROUNDS; round++) {
                for (Line line : LINES) {
                    ask(server.address(), line);
                }
            }
        }
    }

    /** Sends one request and ignores the answer: checking answers is for tests. */
    private static void ask(InetSocketAddress address, Line line) throws IOException {
        byte[] request = ("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-amz-json-1.0\r\n"
                        + "X-Amz-Target: DynamoDB_20120810." + line.operation + "\r\n"
                        + "X-Amz-Date: 20260101T000000Z\r\n"
                        + "Authorization: AWS4-HMAC-SHA256 Credential=rehearsal/20260101/us-east-1/dynamodb/aws4_request,"
                        + " SignedHeaders=host, Signature=0\r\n"
                        + "Content-Length: " + line.body.length() + "\r\n\r\n" + line.body)
                .getBytes(UTF_8);
        try (var socket = new Socket(address.getAddress(), address.getPort())) {
            socket.getOutputStream().write(request);
            socket.getInputStream().readAllBytes();
        }
    }

    private static void clear(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
