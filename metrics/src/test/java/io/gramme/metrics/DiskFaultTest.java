package io.gramme.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gramme.server.Engine;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Monitoring;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.storage.testkit.SmallDisk;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What clients, monitors and the log are told when the disk is full or has a damaged block. */
@Tag("slow")
@Timeout(120)
class DiskFaultTest {
    private static final long RESERVE = 12L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path parent;

    private final HttpCalls calls = new HttpCalls();

    @AfterEach
    void close() {
        calls.close();
    }

    private Server start(OptionalLong reserve) throws IOException {
        RocksStoreOptions options = RocksStoreOptions.in(parent.resolve("data")).withReserve(reserve);
        var disk = new Engine.Disk(options.directory(), clock -> RocksStore.open(options, clock));
        return Server.start(ServerOptions.with(disk).at(new Monitoring(0, Metrics::new)));
    }

    private void createTable(Server server) throws Exception {
        String table = """
                {"TableName":"Things","BillingMode":"PAY_PER_REQUEST",
                 "AttributeDefinitions":[{"AttributeName":"id","AttributeType":"S"}],
                 "KeySchema":[{"AttributeName":"id","KeyType":"HASH"}]}""";
        assertThat(calls.call(server, "CreateTable", table).statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> put(Server server, int n, int bytes) throws Exception {
        byte[] content = new byte[bytes];
        new Random(n).nextBytes(content);
        return calls.call(
                server,
                "PutItem",
                "{\"TableName\":\"Things\",\"Item\":{\"id\":{\"S\":\"" + n + "\"},\"b\":{\"B\":\""
                        + Base64.getEncoder().encodeToString(content) + "\"}}}");
    }

    private HttpResponse<String> get(Server server, int n) throws Exception {
        return calls.call(server, "GetItem", "{\"TableName\":\"Things\",\"Key\":{\"id\":{\"S\":\"" + n + "\"}}}");
    }

    private String metric(Server server, String name) throws Exception {
        return calls.get(server.metricsAddress().orElseThrow(), "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("none");
    }

    private void awaitHealth(Server server) throws Exception {
        long begin = System.nanoTime();
        while (calls.get(server.address(), "/").statusCode() != 200) {
            assertThat(System.nanoTime() - begin).as("waited").isLessThan(PATIENCE.toNanos());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    /** Tries again on 503, as an SDK does: a compaction may take up what is left for a moment. */
    private void deleteTable(Server server) throws Exception {
        long begin = System.nanoTime();
        int status = 503;
        while (status == 503 && System.nanoTime() - begin < PATIENCE.toNanos()) {
            status = calls.call(server, "DeleteTable", "{\"TableName\":\"Things\"}")
                    .statusCode();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        assertThat(status).isEqualTo(200);
        // As the waiters of SDKs do: the answer may show the table DELETING.
        while (calls.call(server, "DescribeTable", "{\"TableName\":\"Things\"}").statusCode() != 400) {
            assertThat(System.nanoTime() - begin).as("waited").isLessThan(PATIENCE.toNanos());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    @Test
    void aFullDiskRefusesWritesSaysSoEverywhereAndRecoversByItself() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(parent, 64);
        assumeTrue(mounted.isPresent(), "a small disk cannot be mounted here: that needs Linux and root");
        try (var disk = mounted.get();
                var log = new LogCapture();
                var server = start(OptionalLong.of(RESERVE))) {
            createTable(server);
            assertThat(metric(server, "gramme_writes_refused")).isEqualTo("0.0");
            disk.leave(RESERVE + (4 << 20));
            int rows = 0;
            HttpResponse<String> answer = put(server, rows, 200_000);
            while (answer.statusCode() == 200) {
                rows++;
                answer = put(server, rows, 200_000);
            }
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("ServiceUnavailableException", "The disk of this server is full");
            for (int n = 0; n < 20; n++) {
                assertThat(put(server, rows, 1).statusCode()).isEqualTo(503);
            }
            for (int n = 0; n < rows; n++) {
                assertThat(get(server, n).body()).contains("\"Item\"");
            }
            HttpResponse<String> health = calls.get(server.address(), "/");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).startsWith("unhealthy: disk is full");
            assertThat(metric(server, "gramme_writes_refused")).isEqualTo("1.0");
            assertThat(Double.parseDouble(metric(server, "gramme_disk_free_bytes")))
                    .isLessThan(RESERVE);
            assertThat(Double.parseDouble(metric(server, "gramme_disk_reserve_bytes")))
                    .isEqualTo(RESERVE);
            disk.release();
            awaitHealth(server);
            assertThat(put(server, rows, 1).statusCode()).isEqualTo(200);
            assertThat(metric(server, "gramme_writes_refused")).isEqualTo("0.0");
            assertThat(log.lines("disk is full")).hasSize(1);
            assertThat(log.lines("The disk has space again")).hasSize(1);
            assertThat(log.traces()).isZero();
        }
    }

    @Test
    void aTableCanBeDeletedWhileTheDiskIsFullAndThatMakesRoom() throws Exception {
        Optional<SmallDisk> mounted = SmallDisk.mount(parent, 160);
        assumeTrue(mounted.isPresent(), "a small disk cannot be mounted here: that needs Linux and root");
        try (var _ = mounted.get()) {
            try (var server = start(OptionalLong.of(RESERVE))) {
                createTable(server);
                int rows = 0;
                while (put(server, rows, 300_000).statusCode() == 200) {
                    rows++;
                }
                deleteTable(server);
                awaitHealth(server);
                createTable(server);
                assertThat(put(server, 1, 1_000).statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void aDamagedBlockFailsWhatLiesInItAndIsLoggedInOneLine() throws Exception {
        int rows = 300;
        try (var server = start(OptionalLong.empty())) {
            createTable(server);
            for (int n = 0; n < rows; n++) {
                assertThat(put(server, n, 1_000).statusCode()).isEqualTo(200);
            }
        }
        // Opening it once writes the log to a table file.
        start(OptionalLong.empty()).close();
        garbleLargestTableFile();
        try (var log = new LogCapture();
                var server = start(OptionalLong.empty())) {
            int failed = 0;
            for (int round = 0; round < 3; round++) {
                failed = 0;
                for (int n = 0; n < rows; n++) {
                    int status = get(server, n).statusCode();
                    assertThat(status).isIn(200, 500);
                    failed += status == 500 ? 1 : 0;
                }
            }
            assertThat(failed).isBetween(1, 40);
            assertThat(log.lines(".sst")).hasSize(1);
            assertThat(log.lines(".sst").getFirst()).contains("GetItem failed", "offset");
            assertThat(log.traces()).isZero();
        }
    }

    private void garbleLargestTableFile() throws IOException {
        Path table;
        try (var files = Files.list(parent.resolve("data").resolve("db"))) {
            table = files.filter(file -> file.toString().endsWith(".sst"))
                    .max((one, other) ->
                            Long.compare(one.toFile().length(), other.toFile().length()))
                    .orElseThrow();
        }
        try (var file = new RandomAccessFile(table.toFile(), "rw")) {
            file.seek(file.length() / 3);
            file.write(new byte[16]);
        }
    }
}
