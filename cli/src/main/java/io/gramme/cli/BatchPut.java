package io.gramme.cli;

import io.gramme.api.BatchWriteItemInput;
import io.gramme.api.BatchWriteItemOutput;
import io.gramme.api.PutItemInput;
import io.gramme.api.PutRequest;
import io.gramme.api.WriteRequest;
import io.gramme.cli.RunningServer.RefusedException;
import io.gramme.core.item.Item;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Puts a batch of items by BatchWriteItem. What the server leaves unprocessed, and a request that fails for a while, is
 * repeated after a pause that doubles. An item that the server refuses is found by putting each of its batch alone, by
 * PutItem, whose errors name the attribute.
 */
final class BatchPut implements PutLanes.Writer {
    /** Without any progress. With the pauses below some twenty seconds. */
    private static final int MOST_ATTEMPTS = 10;

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 5_000;

    private static final Set<String> TRANSIENT = Set.of(
            "ProvisionedThroughputExceededException",
            "ThrottlingException",
            "RequestLimitExceeded",
            "TransactionConflictException");
    private static final Set<String> OF_AN_ITEM =
            Set.of("ValidationException", "ItemCollectionSizeLimitExceededException");

    private final String table;
    private final UnaryOperator<Item> keyOf;
    private final Calls calls;
    private final Pauses pauses;
    private final ImportTally tally;

    /** How the server is called. */
    interface Calls {
        BatchWriteItemOutput write(BatchWriteItemInput request) throws IOException, InterruptedException;

        void put(PutItemInput request) throws IOException, InterruptedException;
    }

    /** How time passes. */
    interface Pauses {
        void pause(Duration time) throws InterruptedException;
    }

    BatchPut(String table, UnaryOperator<Item> keyOf, Calls calls, Pauses pauses, ImportTally tally) {
        this.table = table;
        this.keyOf = keyOf;
        this.calls = calls;
        this.pauses = pauses;
        this.tally = tally;
    }

    @Override
    public void write(List<PutLanes.Line> batch) throws IOException, InterruptedException {
        List<PutLanes.Line> left = batch;
        int attempts = 0;
        while (!left.isEmpty()) {
            try {
                List<PutLanes.Line> rest = send(left);
                tally.wrote(left.size() - rest.size());
                attempts = rest.size() < left.size() ? 0 : attempts;
                left = rest;
                if (!left.isEmpty()) {
                    attempts = pause(attempts, new IOException("the server leaves items unprocessed"));
                }
            } catch (RefusedException e) {
                if (OF_AN_ITEM.contains(e.type())) {
                    refused(left, e);
                    return;
                }
                if (e.status() < 500 && !TRANSIENT.contains(e.type())) {
                    throw e;
                }
                attempts = pause(attempts, e);
            } catch (IOException e) {
                // A put can be repeated: whether the server has seen the first one does not matter.
                attempts = pause(attempts, e);
            }
        }
    }

    /** @return what is left unprocessed */
    private List<PutLanes.Line> send(List<PutLanes.Line> lines) throws IOException, InterruptedException {
        if (lines.size() == 1) {
            calls.put(PutItemInput.builder()
                    .tableName(table)
                    .item(lines.getFirst().item())
                    .build());
            return List.of();
        }
        return unprocessed(calls.write(request(lines)), lines);
    }

    private void refused(List<PutLanes.Line> lines, RefusedException why) throws IOException, InterruptedException {
        if (lines.size() == 1) {
            tally.refused(lines.getFirst().place(), why.text());
            return;
        }
        for (PutLanes.Line line : lines) {
            write(List.of(line));
        }
    }

    private int pause(int attempts, IOException why) throws IOException, InterruptedException {
        if (attempts >= MOST_ATTEMPTS) {
            throw why;
        }
        long longest = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << attempts);
        pauses.pause(
                Duration.ofMillis(longest / 2 + RandomGenerator.getDefault().nextLong(longest / 2 + 1)));
        return attempts + 1;
    }

    private BatchWriteItemInput request(List<PutLanes.Line> lines) {
        List<WriteRequest> puts = lines.stream()
                .map(line -> WriteRequest.builder()
                        .putRequest(new PutRequest(line.item()))
                        .build())
                .toList();
        return BatchWriteItemInput.builder().requestItems(Map.of(table, puts)).build();
    }

    private List<PutLanes.Line> unprocessed(BatchWriteItemOutput answer, List<PutLanes.Line> lines) {
        Set<Item> keys = answer.unprocessedItems().orElse(Map.of()).values().stream()
                .flatMap(Collection::stream)
                .flatMap(request -> request.putRequest().stream())
                .map(put -> keyOf.apply(put.item()))
                .collect(Collectors.toSet());
        return keys.isEmpty()
                ? List.of()
                : lines.stream()
                        .filter(line -> keys.contains(keyOf.apply(line.item())))
                        .toList();
    }
}
