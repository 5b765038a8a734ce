package io.gramme.delivery.kinesis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gramme.core.item.Decimal;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import io.gramme.delivery.follow.Batch;
import io.gramme.delivery.follow.Delivery;
import io.gramme.delivery.kinesis.DataRecord.Origin;
import io.gramme.delivery.kinesis.ScriptedStream.Step;
import io.gramme.server.Client;
import io.gramme.storage.LogPosition;
import io.gramme.tables.log.Cause;
import io.gramme.tables.log.ChangeRecord;
import io.gramme.tables.log.LogEntry;
import io.gramme.tables.table.AccountRegion;
import io.gramme.tables.table.KinesisDestination.Precision;
import io.gramme.tables.table.TableLog.Images;
import io.gramme.tables.table.TableName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class KinesisReceiverTest {
    /** 2026-11-27T10:00:00.000123Z. */
    private static final long VERSION = 1_795_773_600_000_123L;

    private static final Origin ORIGIN =
            new Origin(new TableName(new AccountRegion("000000000000", "eu-west-1"), "Music"), "table-id");

    private final List<Duration> pauses = new ArrayList<>();

    private static Item item(String id, Optional<String> text) {
        return text.map(words -> Item.of(Map.<String, Value>of("id", new Value.S(id), "text", new Value.S(words))))
                .orElseGet(() -> Item.of(Map.<String, Value>of("id", new Value.S(id))));
    }

    private static LogEntry entry(int at, Cause cause, Optional<Item> before, Optional<Item> after) {
        return new LogEntry(
                new LogPosition(VERSION + at, 0),
                ChangeRecord.of(cause, List.of("id"), before, after, Images.BOTH)
                        .encode());
    }

    /** Puts, each named by its item and what it puts: {@code a1}. */
    private static Batch puts(String... puts) {
        var entries = new ArrayList<LogEntry>();
        for (String put : puts) {
            Item after = item(put.substring(0, 1), Optional.of(put));
            entries.add(entry(entries.size(), Cause.CLIENT, Optional.empty(), Optional.of(after)));
        }
        return new Batch(0, 0, entries, true);
    }

    private static JsonNode json(DataRecord record) {
        return Client.json(new String(record.data().toArray(), UTF_8));
    }

    private static List<String> texts(List<DataRecord> records) {
        return records.stream()
                .map(record ->
                        json(record).at("/dynamodb/NewImage/text/S").asString().substring(0, 2))
                .toList();
    }

    private static List<List<String>> texts(ScriptedStream stream) {
        return stream.requests.stream().map(KinesisReceiverTest::texts).toList();
    }

    private Delivery deliver(ScriptedStream stream, Batch batch, int tries) throws InterruptedException {
        var receiver = new KinesisReceiver(ORIGIN, stream, () -> Precision.MILLISECOND, length -> {
            pauses.add(length);
            return pauses.size() < tries;
        });
        return receiver.deliver(batch);
    }

    private Delivery deliver(ScriptedStream stream, Batch batch) throws InterruptedException {
        return deliver(stream, batch, 100);
    }

    @Test
    void anItemHasOneChangeInARequest() throws InterruptedException {
        var stream = new ScriptedStream();
        Batch batch = puts("a1", "b1", "a2", "c1", "a3", "b2");
        assertThat(deliver(stream, batch)).isEqualTo(Delivery.all(batch));
        assertThat(texts(stream)).containsExactly(List.of("a1", "b1", "c1"), List.of("a2", "b2"), List.of("a3"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void whatWasTakenIsNotSentAgainAndNothingOvertakesWhatWasNot() throws InterruptedException {
        var stream = new ScriptedStream(Step.takesAllBut(0), Step.takesAllBut(1));
        Batch batch = puts("a1", "b1", "a2", "b2", "c1");
        assertThat(deliver(stream, batch)).isEqualTo(Delivery.all(batch));
        assertThat(texts(stream)).containsExactly(List.of("a1", "b1", "c1"), List.of("a1", "b2"), List.of("a2", "b2"));
        assertThat(pauses).hasSize(2);
    }

    @Test
    void itWaitsLongerEachTimeWhileNobodyAnswers() throws InterruptedException {
        Step[] silence = new Step[10];
        Arrays.fill(silence, Step.refuses("ResourceNotFoundException"));
        var stream = new ScriptedStream(silence);
        Batch batch = puts("a1");
        assertThat(deliver(stream, batch)).isEqualTo(Delivery.all(batch));
        assertThat(stream.requests).hasSize(11);
        assertThat(pauses).isSorted().startsWith(Duration.ofMillis(100)).endsWith(Duration.ofSeconds(10));
    }

    @Test
    void itDoesNotWaitLongerForAStreamThatTakesSome() throws InterruptedException {
        var stream = new ScriptedStream(Step.takesAllBut(0), Step.takesAllBut(0), Step.takesAllBut(0));
        deliver(stream, puts("a1", "b1", "b2", "b3"));
        assertThat(pauses).hasSize(3).containsOnly(Duration.ofMillis(100));
    }

    @Test
    void whenItIsStoppedItHasTakenAllBeforeTheFirstThatWaits() throws InterruptedException {
        var stream = new ScriptedStream(Step.takesAllBut(1));
        Delivery delivery = deliver(stream, puts("a1", "b1", "c1"), 1);
        assertThat(delivery.taken()).isEqualTo(1);
    }

    @Test
    void aRequestHasNoMoreRecordsThanItMay() throws InterruptedException {
        List<LogEntry> entries = IntStream.range(0, 1_100)
                .mapToObj(i -> entry(i, Cause.CLIENT, Optional.empty(), Optional.of(item("i" + i, Optional.of("xx")))))
                .toList();
        var stream = new ScriptedStream();
        deliver(stream, new Batch(0, 0, entries, true));
        assertThat(stream.requests).extracting(List::size).containsExactly(500, 500, 100);
    }

    @Test
    void aRequestHasNoMoreBytesThanItMay() throws InterruptedException {
        String large = "x".repeat(390_000);
        List<LogEntry> entries = IntStream.range(0, 20)
                .mapToObj(i -> entry(
                        i,
                        Cause.CLIENT,
                        Optional.of(item("i" + i, Optional.of(large))),
                        Optional.of(item("i" + i, Optional.of("yy")))))
                .toList();
        var stream = new ScriptedStream();
        deliver(stream, new Batch(0, 0, entries, true));
        assertThat(stream.requests)
                .hasSize(2)
                .allSatisfy(request -> assertThat(
                                request.stream().mapToInt(DataRecord::bytes).sum())
                        .isLessThanOrEqualTo(5 << 20));
    }

    @Test
    void whatMayBeTooLargeGoesAloneAndIsLeftOutOnlyIfItIs() throws InterruptedException {
        // Control characters take six bytes each in JSON.
        Item large = item("b", Optional.of("b1" + "\u0001".repeat(200_000)));
        Batch batch = new Batch(
                0,
                0,
                List.of(
                        entry(0, Cause.CLIENT, Optional.empty(), Optional.of(item("a", Optional.of("a1")))),
                        entry(1, Cause.CLIENT, Optional.empty(), Optional.of(large)),
                        entry(2, Cause.CLIENT, Optional.empty(), Optional.of(item("c", Optional.of("c1"))))),
                true);
        var taking = new ScriptedStream();
        assertThat(deliver(taking, batch)).isEqualTo(Delivery.all(batch));
        assertThat(texts(taking)).containsExactly(List.of("a1"), List.of("b1"), List.of("c1"));

        var refusing = new ScriptedStream(Step.takesAll(), Step.refuses("ValidationException"));
        assertThat(deliver(refusing, batch)).isEqualTo(Delivery.all(batch));
        assertThat(texts(refusing)).containsExactly(List.of("a1"), List.of("b1"), List.of("c1"));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRecordSaysWhatTheGuideShows() throws InterruptedException {
        var stream = new ScriptedStream();
        Item before = Item.of(Map.of("id", new Value.S("a"), "plays", new Value.N(Decimal.of(1))));
        Item after = Item.of(Map.of("id", new Value.S("a"), "plays", new Value.N(Decimal.of(2))));
        Batch batch = new Batch(0, 0, List.of(entry(0, Cause.CLIENT, Optional.of(before), Optional.of(after))), true);
        deliver(stream, batch);
        DataRecord record = stream.requests.getFirst().getFirst();
        assertThat(json(record))
                .isEqualTo(Client.json("""
                {awsRegion: 'eu-west-1', eventID: '%s', eventName: 'MODIFY', userIdentity: null,
                 recordFormat: 'application/json', tableName: 'Music',
                 dynamodb: {ApproximateCreationDateTime: 1795773600000, Keys: {id: {S: 'a'}},
                   NewImage: {id: {S: 'a'}, plays: {N: '2'}}, OldImage: {id: {S: 'a'}, plays: {N: '1'}},
                   SizeBytes: 23, ApproximateCreationDateTimePrecision: 'MILLISECOND'},
                 eventSource: 'aws:dynamodb'}""".formatted(json(record).get("eventID").asString())));
        assertThat(record.partitionKey()).matches("[0-9A-F]{32}");
    }

    @Test
    void aRecordOfAnExpiredItemNamesTheService() {
        LogEntry expired = entry(0, Cause.TIME_TO_LIVE, Optional.of(item("a", Optional.empty())), Optional.empty());
        JsonNode record = json(DataRecord.of(ORIGIN, expired, Precision.MICROSECOND));
        assertThat(record.get("eventName").asString()).isEqualTo("REMOVE");
        assertThat(record.get("userIdentity"))
                .isEqualTo(Client.json("{type: 'Service', principalId: 'dynamodb.amazonaws.com'}"));
        assertThat(record.at("/dynamodb").has("NewImage")).isFalse();
        assertThat(record.at("/dynamodb/ApproximateCreationDateTime").asLong()).isEqualTo(VERSION);
    }

    @Test
    void aChangeHasTheSameIdHoweverOftenItIsSentAndNoOtherHasIt() {
        List<LogEntry> entries = puts("a1", "a2").entries();
        JsonNode first = json(DataRecord.of(ORIGIN, entries.getFirst(), Precision.MILLISECOND));
        JsonNode again = json(DataRecord.of(ORIGIN, entries.getFirst(), Precision.MICROSECOND));
        JsonNode other = json(DataRecord.of(ORIGIN, entries.getLast(), Precision.MILLISECOND));
        assertThat(first.get("eventID")).isEqualTo(again.get("eventID")).isNotEqualTo(other.get("eventID"));
    }
}
