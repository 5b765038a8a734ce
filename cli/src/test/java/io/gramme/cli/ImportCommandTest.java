package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gramme import}, against a server in this process. */
class ImportCommandTest {
    private static final String MISSING = "One or more parameter values were invalid: Missing the key id in the item";

    @TempDir
    private Path directory;

    private static Server server;
    private static int tables;

    /** Of each test its own. */
    private final String table = "orders-" + tables++;

    @BeforeAll
    static void start() throws Exception {
        server = Server.start(ServerOptions.inMemory());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private CommandRun run(String... arguments) {
        String port = String.valueOf(server.address().getPort());
        return CommandRun.of(Stream.of(
                        Stream.of("import", table),
                        Stream.of(arguments),
                        Stream.of("--port", port, "--access-key-id", "123456789012", "--region", "eu-north-1"))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private CommandRun done(String... arguments) {
        CommandRun run = run(arguments);
        assertThat(run.status()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).isEmpty();
        return run;
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private String zipped(String name, String content) throws IOException {
        Path file = directory.resolve(name);
        try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return file.toString();
    }

    private static String line(int i) {
        return "{\"Item\":{\"id\":{\"S\":\"" + i + "\"},\"n\":{\"N\":\"" + i + "\"}}}\n";
    }

    private static String lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(ImportCommandTest::line).collect(Collectors.joining());
    }

    private int count() throws Exception {
        String answer = PlainCall.of(server, "Scan", "{\"TableName\": \"" + table + "\", \"Select\": \"COUNT\"}");
        return Integer.parseInt(answer.replaceFirst(".*\"Count\":(\\d+).*", "$1"));
    }

    private String item(String id) throws Exception {
        return PlainCall.of(
                server, "GetItem", "{\"TableName\": \"" + table + "\", \"Key\": {\"id\": {\"S\": \"" + id + "\"}}}");
    }

    private static String lastLine(CommandRun run) {
        return run.err().lines().reduce((_, last) -> last).orElse("");
    }

    @Test
    void filesOfEveryFormatFillANewTable() throws Exception {
        CommandRun run = done(
                "--create",
                "id:S",
                zipped("a.json.gz", lines(0, 700)),
                file("b.csv", "id,note\nx,\"a,\nb\"\n"),
                file("c.tsv", "id\tnote\ny\tc\n"),
                file("d.ion", "{Item:{id:\"z\",n:7.}}"));
        assertThat(lastLine(run)).startsWith("Imported 703 items, ");
        assertThat(count()).isEqualTo(703);
        assertThat(item("x")).isEqualTo("{\"Item\":{\"id\":{\"S\":\"x\"},\"note\":{\"S\":\"a,\\nb\"}}}");
        assertThat(item("y")).contains("\"note\":{\"S\":\"c\"}");
        assertThat(item("z")).contains("\"n\":{\"N\":\"7\"}");
    }

    @Test
    void ofSeveralItemsWithOneKeyTheLastStays() throws Exception {
        String text = IntStream.range(0, 2_000)
                .mapToObj(i -> "{\"Item\":{\"id\":{\"S\":\"" + i % 7 + "\"},\"n\":{\"N\":\"" + i + "\"}}}\n")
                .collect(Collectors.joining());
        done("--create", "id:S", file("a.json", text));
        assertThat(count()).isEqualTo(7);
        for (int last = 1_993; last < 2_000; last++) {
            assertThat(item(String.valueOf(last % 7))).contains("\"n\":{\"N\":\"" + last + "\"}");
        }
    }

    @Test
    void badRecordsAreReportedWithTheirLinesAndTheOthersImported() throws Exception {
        String a = file("a.json", lines(0, 30) + "no json\n\n{\"Item\":{\"n\":{\"N\":\"1\"}}}\n" + lines(30, 60));
        String b = file("b.csv", "id,n\nx,1\ny\n");
        CommandRun run = run("--create", "id:S", a, b);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err().lines())
                .contains(
                        a + ":31: The record is not valid JSON",
                        a + ":33: " + MISSING,
                        b + ":3: The record has 1 cells, but the header has 2 columns",
                        "gramme: 3 records were not imported")
                .anyMatch(line -> line.startsWith("Imported 61 items, "));
        assertThat(run.err()).doesNotContain("--resume-from");
        assertThat(count()).isEqualTo(61);
    }

    @Test
    void anImportWithTooManyErrorsEndsAndCanBeResumed() throws Exception {
        String a = file("a.json", lines(0, 40));
        String b = file("b.json", lines(40, 45) + "bad\nbad\n" + lines(45, 90));
        CommandRun run = run("--create", "id:S", "--max-errors", "1", a, b);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
                .contains(b + ":6: The record is not valid JSON\n" + b + ":7: ")
                .contains("gramme: there are more errors than --max-errors allows\n");
        assertThat(lastLine(run))
                .isEqualTo("gramme: not all is imported; to go on, repeat the command with --resume-from " + b + ":8");
        assertThat(count()).isEqualTo(45);
        CommandRun rest = done("--create", "id:S", "--resume-from", b + ":8", a, b);
        assertThat(lastLine(rest)).startsWith("Imported 45 items, ");
        assertThat(count()).isEqualTo(90);
    }

    @Test
    void standardInputIsAFile() throws Exception {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(lines(0, 10).getBytes(StandardCharsets.UTF_8)));
        try {
            done("--create", "id:S", "-");
        } finally {
            System.setIn(before);
        }
        assertThat(count()).isEqualTo(10);
    }

    @Test
    void aDirectoryStandsForItsFiles() throws Exception {
        Path data = Files.createDirectories(directory.resolve("export/data"));
        Files.writeString(directory.resolve("export/manifest-summary.json"), "{}");
        Files.writeString(data.resolve("one.json"), lines(0, 3));
        Files.writeString(data.resolve("two.json"), lines(3, 5));
        done("--create", "id:S", directory.resolve("export").toString());
        assertThat(count()).isEqualTo(5);
        done(data.toString());
        assertThat(count()).isEqualTo(5);
    }

    @Test
    void whatCannotBeReadIsNamedBeforeAnythingIsWritten() throws Exception {
        done("--create", "id:S", file("a.json", lines(0, 1)));
        assertThat(run(file("b.json", lines(1, 2)), directory + "/none.json").err())
                .isEqualTo("gramme: there is no file " + directory + "/none.json\n");
        assertThat(run(file("b.txt", "")).err())
                .startsWith("gramme: cannot tell the format of ")
                .endsWith("give --format json, ion or csv\n");
        assertThat(run(file("b.json", ""), "--resume-from", "other:3").err())
                .startsWith("gramme: --resume-from names no file of the command: other\n");
        assertThat(run(file("b.json", ""), "--resume-from", "0").status()).isEqualTo(2);
        assertThat(run(file("b.json", ""), "--create", "id").err())
                .contains("'id' is not a key such as id:S or customer:S,at:N");
        assertThat(count()).isOne();
        String truncated = directory.resolve("c.json.gz").toString();
        byte[] whole = Files.readAllBytes(Path.of(zipped("d.json.gz", lines(0, 9))));
        Files.write(Path.of(truncated), Arrays.copyOf(whole, whole.length - 12));
        CommandRun damaged = run(truncated);
        assertThat(damaged.status()).isEqualTo(1);
        assertThat(damaged.err()).contains("The object cannot be read as GZIP: Unexpected end of ZLIB input stream");
    }
}
