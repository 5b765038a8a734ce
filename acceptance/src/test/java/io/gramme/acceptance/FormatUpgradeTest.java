package io.gramme.acceptance;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Engine;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.storage.rocksdb.RocksStore;
import io.gramme.storage.rocksdb.RocksStoreOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A data directory of format 1, as a server of that format left it when it was killed: some of its rows are in files of the
 * database, the last ones only in the write-ahead log.
 */
class FormatUpgradeTest {
    private static final String ACCOUNT = "123456789012";

    @TempDir
    Path directory;

    private void withServer(Consumer<DynamoDbClient> work) throws IOException {
        ServerOptions options = ServerOptions.with(
                new Engine.Disk(directory, clock -> RocksStore.open(RocksStoreOptions.in(directory), clock)));
        try (Server server = Server.start(options);
                DynamoDbClient client = Clients.of(
                        URI.create("http://127.0.0.1:" + server.address().getPort()), ACCOUNT, Region.EU_WEST_1)) {
            work.accept(client);
        }
    }

    private void unpack() throws IOException {
        InputStream packed = Objects.requireNonNull(getClass().getResourceAsStream("/data-directory-format-1.zip"));
        try (var zip = new ZipInputStream(packed)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.copy(zip, file);
            }
        }
    }

    @Test
    void everythingInADirectoryOfFormat1IsThereAfterItsUpgrade() throws IOException {
        unpack();
        withServer(FormatUpgradeTest::assertHoldsWhatWasWritten);
        assertThat(directory.resolve("FORMAT")).hasContent("gramme-rocksdb 4\n");
        withServer(FormatUpgradeTest::assertHoldsWhatWasWritten);
    }

    private static void assertHoldsWhatWasWritten(DynamoDbClient client) {
        Map<String, Map<String, AttributeValue>> songs =
                client.scanPaginator(request -> request.tableName("music")).items().stream()
                        .collect(toMap(FormatUpgradeTest::title, item -> item));
        assertThat(songs.keySet())
                .containsExactlyInAnyOrder(
                        IntStream.range(10, 44).mapToObj("song-%03d"::formatted).toArray(String[]::new));
        assertThat(songs.get("song-011")).isEqualTo(song(11));
        assertThat(songs.get("song-039")).isEqualTo(song(39));
        assertThat(client
                        .query(request -> request.tableName("music")
                                .indexName("by-label")
                                .keyConditionExpression("label = :label")
                                .expressionAttributeValues(Map.of(":label", text("label-1"))))
                        .items()
                        .stream()
                        .map(FormatUpgradeTest::title))
                .containsExactlyInAnyOrder(
                        "song-013",
                        "song-019",
                        "song-025",
                        "song-031",
                        "song-037",
                        "song-040",
                        "song-041",
                        "song-042",
                        "song-043");
        assertThat(client
                        .query(request -> request.tableName("music")
                                .indexName("by-year")
                                .keyConditionExpression("artist = :artist AND #year > :year")
                                .expressionAttributeNames(Map.of("#year", "year"))
                                .expressionAttributeValues(
                                        Map.of(":artist", text("artist-3"), ":year", number("1975"))))
                        .items()
                        .stream()
                        .map(FormatUpgradeTest::title))
                .containsExactly("song-017", "song-024", "song-031", "song-038");
        assertThat(client.getItem(request -> request.tableName("counters").key(Map.of("id", bytes(2))))
                        .item()
                        .get("n"))
                .isEqualTo(number("101"));
        assertThat(client.describeTimeToLive(request -> request.tableName("counters"))
                        .timeToLiveDescription()
                        .attributeName())
                .isEqualTo("until");
    }

    private static String title(Map<String, AttributeValue> song) {
        return Objects.requireNonNull(song.get("song")).s();
    }

    private static Map<String, AttributeValue> song(int number) {
        return Map.of(
                "artist", text("artist-" + number % 7),
                "song", text("song-%03d".formatted(number)),
                "year", number(Integer.toString(1960 + number)),
                "label", text("label-" + number % 3),
                "tracks",
                        AttributeValue.fromL(List.of(
                                number("1.5"),
                                text("äöü"),
                                AttributeValue.fromM(Map.of("x", AttributeValue.fromNul(true))))),
                "set", AttributeValue.builder().ss("a", "b").build(),
                "bin", bytes(0, 1, 0xff));
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    private static AttributeValue number(String value) {
        return AttributeValue.fromN(value);
    }

    private static AttributeValue bytes(int... values) {
        byte[] content = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            content[i] = (byte) values[i];
        }
        return AttributeValue.fromB(SdkBytes.fromByteArray(content));
    }
}
