package io.gramme.cli;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.core.bytes.Bytes;
import io.gramme.server.Engine;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Encryption;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.storage.Outcome;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.RowKey;
import io.gramme.storage.StoreInspection;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.Write;
import io.gramme.storage.rocksdb.RocksInspection;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import io.gramme.tables.table.CatalogInspection;
import io.gramme.tables.table.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code gramme backup server}, {@code restore server} and {@code check}, on a server in this process. */
@Timeout(120)
class WholeServerTest {
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

    private Path data;
    private Server server;

    @BeforeEach
    void start() throws Exception {
        data = directory.resolve("data");
        server = serve(data);
        call("CreateTable", TABLE);
        call("UpdateTimeToLive", """
                {"TableName": "orders", "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "expires"}}""");
        call("UpdateContinuousBackups", """
                {"TableName": "orders", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}""");
        for (int n = 0; n < 20; n++) {
            put(n, "k" + n % 3);
        }
        put(3, "moved");
        call("DeleteItem", """
                {"TableName": "orders", "Key": {"id": {"S": "o1"}, "n": {"N": "4"}}}""");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static Server serve(Path data) throws IOException {
        var disk = new Engine.Disk(
                data, clock -> RocksStore.open(RocksStoreOptions.in(data).withWriteBuffers(1 << 20), clock));
        return Server.start(ServerOptions.with(disk)
                .at(new Pace(Duration.ZERO, Pace.DEFAULT_PARTITION_BYTES, Duration.ZERO, Duration.ZERO)));
    }

    private String call(String operation, String body) throws IOException, InterruptedException {
        String answer = PlainCall.of(server, operation, body);
        assertThat(answer).doesNotContain("__type");
        return answer;
    }

    private void put(int n, String kind) throws IOException, InterruptedException {
        call("PutItem", """
                {"TableName": "orders", "Item": {"id": {"S": "o%d"}, "n": {"N": "%d"}, "kind": {"S": "%s"},
                 "expires": {"N": "4000000000"}}}""".formatted(n % 3, n, kind));
    }

    private CommandRun run(String... arguments) {
        return CommandRun.of(Stream.concat(
                        Stream.of(arguments),
                        Stream.of("--port", String.valueOf(server.address().getPort())))
                .toArray(String[]::new));
    }

    private Path backup(String name) {
        CommandRun run = run("backup", "server", name);
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err()).startsWith("Backed up the server: ");
        return Path.of(run.out().strip());
    }

    private static CommandRun check(Path directory) {
        return CommandRun.of("check", directory.toString());
    }

    private static CommandRun restore(Path backup, Path target) {
        return CommandRun.of("restore", "server", backup.toString(), "--data", target.toString());
    }

    private static Map<Path, Bytes> contents(Path directory) throws IOException {
        var contents = new TreeMap<Path, Bytes>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(directory.relativize(file), Bytes.wrap(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    @Test
    void aRestoredServerHasEverythingOfTheMomentOfItsBackup() throws Exception {
        String arn = found(call("CreateBackup", """
                {"TableName": "orders", "BackupName": "of-table"}"""), "\"BackupArn\":\"([^\"]+)\"");
        assertThat(run("backup", "describe", arn).status()).isZero();
        Path backup = backup("first");
        assertThat(backup).isEqualTo(data.resolve("server-backups").resolve("first"));
        put(99, "later");
        Path restored = directory.resolve("restored");
        assertThat(restore(backup, restored).out().strip()).isEqualTo(restored.toString());
        assertThat(check(restored).status()).isZero();
        server.close();
        server = serve(restored);
        assertThat(call("Scan", "{\"TableName\": \"orders\", \"Select\": \"COUNT\"}"))
                .contains("\"Count\":19");
        assertThat(call("Scan", "{\"TableName\": \"orders\", \"Select\": \"COUNT\", \"IndexName\": \"global\"}"))
                .contains("\"Count\":19");
        assertThat(call("DescribeBackup", "{\"BackupArn\": \"" + arn + "\"}")).contains("AVAILABLE");
        assertThat(call("DescribeTimeToLive", "{\"TableName\": \"orders\"}")).contains("ENABLED");
        put(98, "goes on");
        assertThat(restore(backup, restored))
                .isEqualTo(new CommandRun(
                        1, "", "gramme: " + restored + " is not empty; name a directory that does not exist yet\n"));
    }

    private static Server serveSealed(Path data) throws IOException {
        var disk = new Engine.Disk(
                data, clock -> RocksStore.open(RocksStoreOptions.in(data).withWriteBuffers(1 << 20), clock));
        return Server.start(ServerOptions.with(disk).at(new Encryption(Encryption.Wish.ON, _ -> {})));
    }

    @Test
    void anEncryptedServerIsCheckedAndRestoredWithItsServerKey() throws Exception {
        server.close();
        Path sealed = directory.resolve("sealed");
        Path key = directory.resolve("sealed.key");
        server = serveSealed(sealed);
        call("CreateTable", TABLE.replaceFirst("\\{", "{\"SSESpecification\": {\"Enabled\": true},"));
        put(1, "first");
        Path backup = backup("b");
        server.close();
        assertThat(check(sealed))
                .satisfies(run -> assertThat(run.err()).contains("1 table, 1 item, 2 in indexes, 1 log record"))
                .satisfies(run -> assertThat(run.out()).isEmpty())
                .returns(0, CommandRun::status);
        assertRefused(
                check(backup),
                2,
                "The store is encrypted, and there is no server key in " + backup.resolveSibling("b.key")
                        + ": name its file with --server-key");
        assertThat(CommandRun.of("check", backup.toString(), "--server-key", key.toString()))
                .returns(0, CommandRun::status)
                .satisfies(run -> assertThat(run.err()).contains("1 table, 1 item"));

        Path restored = directory.resolve("restored");
        assertThat(restore(backup, restored).status()).isZero();
        assertThatThrownBy(() -> serveSealed(restored))
                .hasMessage("The store is encrypted, and its server key is missing: bring "
                        + directory.resolve("restored.key")
                        + " back from a copy, or make it again with 'gramme encryption restore-recovery "
                        + directory.resolve("restored.key") + "'");
        assertThat(directory.resolve("restored.key")).doesNotExist();
        server = serveSealed(directory.resolve("other"));
        server.close();
        Files.copy(directory.resolve("other.key"), directory.resolve("restored.key"), COPY_ATTRIBUTES);
        assertThatThrownBy(() -> serveSealed(restored))
                .hasMessageMatching("The store is encrypted with the server key [0-9a-f]{8}, which is not in .*"
                        + "restored.key: bring the right key back from a copy");
        Files.copy(key, directory.resolve("restored.key"), COPY_ATTRIBUTES, REPLACE_EXISTING);
        server = serveSealed(restored);
        assertThat(call("Scan", "{\"TableName\": \"orders\"}")).contains("first");
    }

    private static void assertRefused(CommandRun run, int status, String text) {
        assertThat(run.err().lines().toList()).last().isEqualTo("gramme: " + text);
        assertThat(run.status()).isEqualTo(status);
    }

    private static String found(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    @Test
    void aRequestCannotWriteElsewhereOrOverwrite() throws IOException {
        backup("first");
        Map<Path, Bytes> before = contents(data.resolve("server-backups"));
        for (String name : List.of(
                "first",
                "..",
                ".",
                "../other",
                "a/b",
                "/tmp/elsewhere",
                ".hidden",
                "a\u0000b",
                data.toString(),
                "a b")) {
            CommandRun run = run("backup", "server", name);
            assertThat(run.status()).as(name).isEqualTo(1);
            assertThat(run.err()).startsWith("gramme: ").contains("Directory").hasLineCount(1);
        }
        assertThat(contents(data.resolve("server-backups"))).isEqualTo(before);
    }

    @Test
    void anIncompleteOrDamagedBackupIsRefusedAndLeavesNothing() throws IOException {
        Path backup = backup("first");
        Path target = directory.resolve("new").resolve("data");
        for (Path file : List.copyOf(contents(backup).keySet())) {
            Path damaged = backup.resolve(file);
            byte[] content = Files.readAllBytes(damaged);
            Files.delete(damaged);
            requireRefused(backup, target, damaged);
            byte[] flipped = content.clone();
            if (flipped.length > 0) {
                flipped[flipped.length / 2] ^= 1;
                Files.write(damaged, flipped);
                requireRefused(backup, target, damaged);
            }
            Files.write(damaged, content);
        }
        assertThat(restore(backup, target).status()).isZero();
        Path last = backup.resolve(contents(backup).keySet().stream()
                .filter(file -> file.endsWith("CURRENT"))
                .findFirst()
                .orElseThrow());
        Files.writeString(last, "other");
        CommandRun check = check(backup);
        assertThat(check.out()).contains("damage: backup: the backup is damaged: " + last);
        assertThat(check.status()).isEqualTo(1);
    }

    private static void requireRefused(Path backup, Path target, Path damaged) throws IOException {
        CommandRun run = restore(backup, target);
        assertThat(run.status()).as("%s", damaged).isEqualTo(1);
        assertThat(run.err())
                .startsWith("gramme: ")
                .contains(damaged.getFileName().toString())
                .hasLineCount(1);
        if (Files.exists(target.getParent())) {
            try (Stream<Path> left = Files.list(target.getParent())) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void aPathThatLeadsOutOfABackupIsRefused() throws IOException {
        Path backup = backup("first");
        Path sums = backup.resolve("SHA256SUMS");
        String line = Files.readString(sums, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElseThrow();
        byte[] hostile =
                (line.replaceFirst("  data/.*", "  data/../../../outside") + "\n").getBytes(StandardCharsets.UTF_8);
        Files.write(sums, hostile);
        Path manifest = backup.resolve("gramme-server-backup.json");
        String sum = HexFormat.of().formatHex(sha256(hostile));
        Files.writeString(
                manifest,
                Files.readString(manifest).replaceFirst("\"sha256sums\":\"[^\"]*\"", "\"sha256sums\":\"" + sum + "\""));
        CommandRun run = restore(backup, directory.resolve("new"));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("a line names no file of the backup");
    }

    private static byte[] sha256(byte[] content) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(content);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aServerInMemoryRefusesInOneSentence() throws IOException {
        server.close();
        server = Server.start(ServerOptions.inMemory());
        CommandRun run = run("backup", "server", "first");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .startsWith("gramme: The tables of this server are in memory")
                .hasLineCount(1);
    }

    @Test
    void aCheckChangesNothingAndRefusesADirectoryInUse() throws IOException {
        assertThat(check(data))
                .satisfies(run -> assertThat(run.status()).isEqualTo(2))
                .satisfies(run -> assertThat(run.err()).startsWith("gramme: data directory is in use"));
        server.close();
        Map<Path, Bytes> before = contents(data);
        CommandRun run = check(data);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("1 table, 19 items, ", "22 log records", ": 0 damages, 0 notes");
        assertThat(run.status()).isZero();
        assertThat(contents(data)).isEqualTo(before);
        assertThat(check(directory).status()).isEqualTo(2);
    }

    /** The rows of the table and of its indexes, by their kinds. */
    private record Inside(Table table, List<RowKey> rows, List<RowKey> global, List<RowKey> expiry) {
        RowKey first(int kind) {
            return rows.stream()
                    .filter(row -> row.sort().at(0) == kind)
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Inside inside() {
        try (RocksInspection inspection =
                RocksInspection.open(data, new QuietReport()).orElseThrow()) {
            var catalog = new CatalogInspection();
            inspection.rows(TablespaceId.CATALOG, catalog::add, _ -> {});
            Table table = catalog.tables().getFirst();
            return new Inside(
                    table,
                    rows(inspection, table.tablespace()),
                    rows(inspection, table.globalIndexes().getFirst().tablespace()),
                    rows(inspection, table.timeToLive().orElseThrow().tablespace()));
        }
    }

    private static List<RowKey> rows(RocksInspection inspection, TablespaceId tablespace) {
        var keys = new ArrayList<RowKey>();
        inspection.rows(tablespace, row -> keys.add(row.key()), _ -> {});
        return keys;
    }

    private void write(Write write) {
        try (var store = RocksStore.open(RocksStoreOptions.in(data), InstantSource.system())) {
            store.transact(Set.of(write.key()), _ -> new Outcome<>(List.of(write), true));
        }
    }

    private void requireDamage(Write write, String... texts) {
        write(write);
        CommandRun run = check(data);
        assertThat(run.out()).contains(texts).contains("damage: table orders, account 123456789012");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void everyDisagreementIsFoundAndNamed() {
        server.close();
        Inside inside = inside();
        requireDamage(
                new Write.Delete(inside.global.getFirst()),
                "index global has 18 entries, and its items have 19",
                "index global lacks the entry of the item {id=",
                "to do: delete the index and create it again, with UpdateTable");
        requireDamage(
                new Write.Delete(inside.first(0x10)), "index local lacks the entry of the item", "item collection");
        requireDamage(new Write.Delete(inside.expiry.getFirst()), "time to live lacks the entry of the item");
        requireDamage(
                new Write.Put(inside.first(0x00), Bytes.ofLong(7)), "and is counted as 7", "import it into a new one");
        requireDamage(
                new Write.Delete(inside.first(0x01)),
                "index global has an entry without its item",
                "an item is not what the last change in the log left");
        requireDamage(
                new Write.Put(inside.rows.getLast(), Bytes.of(0x7f)), "a row cannot be decoded", "unknown format");
        RowKey item = inside.first(0x01);
        requireDamage(
                new Write.Put(new RowKey(item.partition(), Bytes.of(0x6f)), Bytes.of(1)), "a row has an unknown kind");
    }

    @Test
    void rowsOfNoTableAreFoundAndUndecodableDefinitions() {
        server.close();
        write(new Write.Put(
                new RowKey(new PartitionKey(new TablespaceId(1_000), Bytes.utf8("p")), Bytes.of(1)), Bytes.utf8("x")));
        write(new Write.Put(
                new RowKey(
                        new PartitionKey(TablespaceId.CATALOG, Bytes.utf8("123456789012/eu-north-1")),
                        Bytes.of(0x01).plus(Bytes.utf8("other"))),
                Bytes.utf8("no table")));
        CommandRun run = check(data);
        assertThat(run.out())
                .contains("damage: tablespace 1000: it has rows, and belongs to no table or index")
                .contains("damage: catalog: a row cannot be decoded");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void aDamagedTableFileIsNamed() throws IOException {
        server.close();
        // Opened again, the log is written to table files.
        RocksStore.open(RocksStoreOptions.in(data), InstantSource.system()).close();
        Path largest = contents(data.resolve("db")).entrySet().stream()
                .filter(file -> file.getKey().toString().endsWith(".sst"))
                .max((a, b) ->
                        Integer.compare(a.getValue().length(), b.getValue().length()))
                .map(file -> data.resolve("db").resolve(file.getKey()))
                .orElseThrow();
        byte[] content = Files.readAllBytes(largest);
        content[100] ^= 0x55;
        Files.write(largest, content);
        CommandRun run = check(data);
        assertThat(run.out()).contains("damage: file " + largest, "to do: restore a backup of the server");
        assertThat(run.status()).isEqualTo(1);
        Files.delete(largest);
        CommandRun missing = check(data);
        assertThat(missing.out()).contains("damage: file ", largest.toString());
        assertThat(missing.status()).isEqualTo(1);
    }

    @Test
    void theDiskOfTheHistoryIsShown() {
        String answer = run("recovery", "show", "orders", "--access-key-id", "123456789012", "--region", "eu-north-1")
                .out();
        assertThat(answer).containsPattern("disk for earlier states   \\d\\.\\d KB");
    }

    private static final class QuietReport implements StoreInspection.FileReport {
        @Override
        public void progress(long bytes, long totalBytes) {}

        @Override
        public void damaged(String file, String cause) {}

        @Override
        public void note(String text) {}
    }
}
