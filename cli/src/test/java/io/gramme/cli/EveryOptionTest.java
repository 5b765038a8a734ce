package io.gramme.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.cli.OptionTable.Trial;
import io.gramme.server.Server;
import io.gramme.server.ServerOptions;
import io.gramme.transfer.bucket.MemoryBuckets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every option of every command, once, through the real command line: what {@link OptionTable} says happens. */
@Tag("slow")
class EveryOptionTest {
    private static final Pattern STREAM = Pattern.compile("\"LatestStreamArn\":\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"UUID\":\"([^\"]+)\"");
    private static final Pattern BACKUP = Pattern.compile("\"BackupArn\":\"([^\"]+)\"");

    private static final String TABLE = """
            {"TableName": "orders", "BillingMode": "PAY_PER_REQUEST",
             "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
             "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
             "StreamSpecification": {"StreamEnabled": true, "StreamViewType": "NEW_IMAGE"}}""";
    private static final String EXPIRING = """
            {"TableName": "orders", "TimeToLiveSpecification": {"Enabled": true, "AttributeName": "expires"}}""";

    private static final String POLICY = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:GetItem", "Resource": "*"}}""";
    private static final String BROAD = """
            {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*",
             "Condition": {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": "a"}}}}""";
    private static final String TRUST = """
            {"Version": "2012-10-17", "Statement":
             {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"AWS": "123456789012"}}}""";

    private static final String RECOVERABLE = """
            {"TableName": "orders", "PointInTimeRecoverySpecification": {"PointInTimeRecoveryEnabled": true}}""";

    @TempDir
    private static Path directory;

    private static Server server;
    private static String stream = "";
    private static int triggers;
    private static int restored;

    @BeforeAll
    static void start() throws Exception {
        var buckets = new MemoryBuckets();
        buckets.create("exports");
        server = Server.start(ServerOptions.inMemory()
                .at(new ServerOptions.Files(Optional.empty(), buckets, Optional.empty()))
                .withFaultRules());
        stream = found(STREAM, call("CreateTable", TABLE));
        // A job for the commands that show them.
        assertThat(call("UpdateTimeToLive", EXPIRING)).contains("expires");
        assertThat(call("UpdateContinuousBackups", RECOVERABLE)).contains("ENABLED");
        Files.writeString(directory.resolve("password"), "secret\n");
        Files.writeString(directory.resolve("file"), "no directory");
        Files.writeString(directory.resolve("policy.json"), POLICY);
        Files.writeString(directory.resolve("trust.json"), TRUST);
        Files.writeString(directory.resolve("broad.json"), BROAD);
        Path key = directory.resolve("server.key");
        Files.writeString(key, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(directory.resolve("columns"), "a;one\nb;two\n");
        Files.writeString(
                directory.resolve("items.json"),
                "{\"Item\":{\"id\":{\"S\":\"a\"}}}\n{\"Item\":{\"id\":{\"S\":\"b\"}}}\n");
        for (String name : List.of("test-certificate.pem", "test-key.pem")) {
            try (var in = Objects.requireNonNull(EveryOptionTest.class.getResourceAsStream("/" + name))) {
                Files.copy(in, directory.resolve(name));
            }
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String call(String operation, String body) throws IOException, InterruptedException {
        return PlainCall.of(server, operation, body);
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private static List<String> filled(String line) {
        String text = line.replace("PORT", String.valueOf(server.address().getPort()))
                .replace("DIR", directory.toString())
                .replace("STREAM", stream)
                .replace("URL", "http://127.0.0.1:1/" + ++triggers);
        if (text.contains("UUID")) {
            text = text.replace("UUID", aTrigger());
        }
        text = text.replace("TARGET", "restored-" + ++restored);
        if (text.contains("BACKUP-ARN")) {
            text = text.replace("BACKUP-ARN", aBackup());
        }
        return Arrays.stream(text.split(" ", -1))
                .map(word -> word.replace('~', ' '))
                .toList();
    }

    /** A server has a bound on them. */
    @AfterEach
    void deleteTriggers() {
        String of = "--port PORT --region eu-north-1 --access-key-id 123456789012";
        CommandRun list = CommandRun.of(filled("trigger list " + of).toArray(String[]::new));
        ID.matcher(list.out())
                .results()
                .forEach(id -> assertThat(CommandRun.of(filled("trigger delete " + id.group(1) + " " + of)
                                        .toArray(String[]::new))
                                .status())
                        .isZero());
    }

    private static String aTrigger() {
        CommandRun created = CommandRun.of(filled("trigger create --stream STREAM --webhook URL --port PORT")
                .toArray(String[]::new));
        return found(ID, created.out() + created.err());
    }

    private static String aBackup() {
        try {
            return found(BACKUP, call("CreateBackup", "{\"TableName\": \"orders\", \"BackupName\": \"tried\"}"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static Stream<Trial> trials() {
        // Those of the help of each command take a quarter of the time, and are all alike.
        return OptionTable.TRIALS.stream()
                .filter(trial -> Boolean.getBoolean("gramme.options.all")
                        || !trial.line().matches(".* (--help|-h|--version|-V)"));
    }

    @ParameterizedTest
    @MethodSource("trials")
    void anOptionDoesWhatItsHelpSays(Trial trial) throws Exception {
        List<String> arguments = filled(trial.line());
        CommandRun run = arguments.getFirst().equals("serve") && trial.status() == 0
                ? CommandRun.ofServer(arguments.subList(1, arguments.size()))
                : CommandRun.of(arguments.toArray(String[]::new));
        String said = run.out() + run.err();
        assertThat(said)
                .contains(filled(trial.says()).stream()
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow());
        assertThat(run.status()).as(said).isEqualTo(trial.status());
        assertThat(said).doesNotContain("Exception in", "\tat ", "null");
        if (trial.status() != 0) {
            assertThat(run.err()).startsWith("gramme: ");
        }
    }

    @Test
    void theTableHasEveryOptionOfEveryCommand() {
        Set<String> tried = new TreeSet<>();
        Set<String> there = new TreeSet<>();
        CommandRun.commands()
                .forEach((name, command) -> command.getCommandSpec().options().stream()
                        .flatMap(option -> Stream.of(option.names()))
                        .forEach(option -> there.add(name.replaceFirst("gramme ?", "") + " " + option)));
        for (Trial trial : OptionTable.TRIALS) {
            there.stream()
                    .filter(option -> isIn(
                            trial.line(),
                            option.substring(0, option.lastIndexOf(' ')).strip(),
                            option.substring(option.lastIndexOf(' ') + 1)))
                    .forEach(tried::add);
        }
        assertThat(tried).isEqualTo(there);
    }

    private static boolean isIn(String line, String command, String option) {
        List<String> words = List.of(line.split("[ =]", -1));
        List<String> names = command.isEmpty() ? List.of() : List.of(command.split(" ", -1));
        return words.size() > names.size()
                && words.subList(0, names.size()).equals(names)
                && words.get(names.size()).matches(names.isEmpty() ? "-.*" : ".*")
                && words.subList(names.size(), words.size()).contains(option);
    }
}
