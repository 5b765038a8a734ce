package io.gramme.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gramme.api.BatchWriteItemInput;
import io.gramme.api.BatchWriteItemOutput;
import io.gramme.api.PutItemInput;
import io.gramme.api.PutRequest;
import io.gramme.api.WriteRequest;
import io.gramme.cli.RunningServer.RefusedException;
import io.gramme.core.item.Item;
import io.gramme.core.item.Value;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of a batch that the server does not write at once. */
class BatchPutTest {
    private static Item key(Item item) {
        return item.only(List.of("id"));
    }

    private final StringWriter said = new StringWriter();
    private final ImportTally tally = new ImportTally(10, new ProgressLine(new PrintWriter(said), false));
    private final List<Duration> pauses = new ArrayList<>();

    /** The ids of each request. */
    private final List<String> requests = new ArrayList<>();

    /** The answers to come; then everything is written. */
    private final Deque<Answer> answers = new ArrayDeque<>();

    private final BatchPut put = new BatchPut("orders", BatchPutTest::key, new Server(), pauses::add, tally);

    private interface Answer {
        BatchWriteItemOutput to(List<WriteRequest> puts) throws IOException;
    }

    private final class Server implements BatchPut.Calls {
        @Override
        public BatchWriteItemOutput write(BatchWriteItemInput request) throws IOException {
            List<WriteRequest> puts = requireNonNull(request.requestItems().get("orders"));
            requests.add(String.join("", puts.stream().map(BatchPutTest::id).toList()));
            return answers.isEmpty()
                    ? leaving(List.of())
                    : answers.removeFirst().to(puts);
        }

        @Override
        public void put(PutItemInput request) throws IOException {
            var put = WriteRequest.builder()
                    .putRequest(new PutRequest(request.item()))
                    .build();
            requests.add(id(put) + " alone");
            if (!answers.isEmpty()) {
                var _ = answers.removeFirst().to(List.of(put));
            }
        }
    }

    private static String id(WriteRequest put) {
        return ((Value.S) put.putRequest().orElseThrow().item().get("id").orElseThrow()).text();
    }

    private static BatchWriteItemOutput leaving(List<WriteRequest> puts) {
        return BatchWriteItemOutput.builder()
                .unprocessedItems(puts.isEmpty() ? Map.of() : Map.of("orders", puts))
                .build();
    }

    private static IOException refusal(String type, int status) {
        return new RefusedException(new Refusal(type, "not this one"), status);
    }

    private static List<PutLanes.Line> batch(String ids) {
        return IntStream.range(0, ids.length())
                .mapToObj(i -> new PutLanes.Line(
                        new PutLanes.Position(0, i),
                        "a.json:" + i,
                        Item.of(Map.of("id", new Value.S(ids.substring(i, i + 1)), "other", new Value.S("x")))))
                .toList();
    }

    @Test
    void whatIsLeftUnprocessedIsPutAgainAfterAPause() throws Exception {
        answers.add(puts -> leaving(puts.subList(1, 3)));
        answers.add(puts -> leaving(puts.subList(0, 1)));
        put.write(batch("abcd"));
        assertThat(requests).containsExactly("abcd", "bc", "b alone");
        assertThat(pauses).hasSize(2).allMatch(pause -> pause.toMillis() >= 25 && pause.toMillis() <= 50);
        assertThat(tally.written()).isEqualTo(4);
    }

    @Test
    void pausesGrowUntilThereIsProgress() throws Exception {
        for (int i = 0; i < 5; i++) {
            answers.add(BatchPutTest::leaving);
        }
        answers.add(_ -> {
            throw refusal("ProvisionedThroughputExceededException", 400);
        });
        answers.add(_ -> {
            throw refusal("InternalServerError", 500);
        });
        answers.add(_ -> {
            throw new IOException("connection reset");
        });
        put.write(batch("ab"));
        assertThat(tally.written()).isEqualTo(2);
        assertThat(pauses).hasSize(8);
        assertThat(pauses.get(7).toMillis()).isBetween(2_500L, 5_000L);
    }

    @Test
    void aServerThatDoesNothingEndsTheImport() {
        for (int i = 0; i < 100; i++) {
            answers.add(BatchPutTest::leaving);
        }
        assertThatThrownBy(() -> put.write(batch("ab")))
                .isInstanceOf(IOException.class)
                .hasMessage("the server leaves items unprocessed");
        assertThat(requests).hasSize(11);
        assertThat(tally.written()).isZero();
    }

    @Test
    void anItemThatIsRefusedIsFoundAndReported() throws Exception {
        for (int i = 0; i < 10; i++) {
            answers.add(puts -> {
                if (puts.stream().map(BatchPutTest::id).anyMatch("b"::equals)) {
                    throw refusal("ValidationException", 400);
                }
                return leaving(List.of());
            });
        }
        put.write(batch("abc"));
        assertThat(requests).containsExactly("abc", "a alone", "b alone", "c alone");
        assertThat(tally.written()).isEqualTo(2);
        assertThat(said.toString()).isEqualTo("a.json:1: not this one\n");
        assertThat(pauses).isEmpty();
    }

    @Test
    void aRefusalOfTheWholeTableIsNotRepeated() {
        answers.add(_ -> {
            throw refusal("ResourceNotFoundException", 400);
        });
        assertThatThrownBy(() -> put.write(batch("ab"))).hasMessage("not this one (ResourceNotFoundException)");
        assertThat(requests).hasSize(1);
        assertThat(tally.errors()).isZero();
    }
}
