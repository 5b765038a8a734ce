package io.gramme.benchmark;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A reader of the stream of {@link NumberedWrites}: reads it from its beginning, all shards in turn and as fast as they
 * are answered, until it has seen a given number of records. The numbers of each item must be 1, 2, 3 and so on, which
 * shows that every record arrived once, and in order.
 */
final class StreamReader implements Callable<Long> {
    /** The pause after a round in which no shard had records. */
    private static final int PAUSE_MILLIS = 50;

    private static final Pattern SHARD_ID = Pattern.compile("\"ShardId\":\"([^\"]*)\"");
    private static final Pattern ITERATOR = Pattern.compile("\"(?:Next)?ShardIterator\":\"([^\"]*)\"");
    private static final String KEY = "\"Keys\":{\"p\":{\"S\":\"item-";
    private static final String IMAGE = "\"NewImage\":{";
    private static final String NUMBER = "\"n\":{\"N\":\"";

    private final int port;
    private final String streamArn;
    private final int records;
    private final int[] last = new int[NumberedWrites.ITEMS];
    private final Set<String> known = new HashSet<>();
    private int seen;

    StreamReader(int port, String streamArn, int records) {
        this.port = port;
        this.streamArn = streamArn;
        this.records = records;
    }

    /** The time at which it had seen all records, by {@link System#nanoTime}. */
    @Override
    public Long call() throws IOException, InterruptedException {
        try (var connection = Connection.open(port)) {
            var iterators = new ArrayDeque<>(newShards(connection));
            int empty = 0;
            while (seen < records) {
                String iterator = iterators.remove();
                String answer = ask(connection, "GetRecords", "{\"ShardIterator\":\"%s\"}".formatted(iterator));
                empty = note(answer) ? 0 : empty + 1;
                // A shard that ends has children, which did not exist when it was begun.
                iterators.addAll(first(ITERATOR, answer).map(List::of).orElse(newShards(connection)));
                if (empty >= iterators.size()) {
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        }
        return System.nanoTime();
    }

    private List<String> newShards(Connection connection) throws IOException {
        String stream = "\"StreamArn\":\"" + streamArn + "\"";
        var iterators = new ArrayList<String>();
        String description = ask(connection, "DescribeStream", "{" + stream + "}");
        for (MatchResult shard : SHARD_ID.matcher(description).results().toList()) {
            if (known.add(shard.group(1))) {
                String answer = ask(
                        connection,
                        "GetShardIterator",
                        "{%s,\"ShardId\":\"%s\",\"ShardIteratorType\":\"TRIM_HORIZON\"}"
                                .formatted(stream, shard.group(1)));
                iterators.add(first(ITERATOR, answer).orElseThrow());
            }
        }
        return iterators;
    }

    private static String ask(Connection connection, String action, String body) throws IOException {
        if (!connection.succeeds(Connection.streamsRequest(action, body))) {
            throw new IOException(action + " failed: " + connection.body());
        }
        return connection.body();
    }

    private static Optional<String> first(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).findFirst();
    }

    /** Returns whether there were records. */
    private boolean note(String answer) throws IOException {
        int at = answer.indexOf(KEY);
        boolean some = at >= 0;
        while (at >= 0) {
            int item = digits(answer, at + KEY.length());
            int image = answer.indexOf(IMAGE, at);
            int number = digits(answer, answer.indexOf(NUMBER, image) + NUMBER.length());
            if (number != last[item] + 1) {
                throw new IOException("%s has %d behind %d".formatted(NumberedWrites.key(item), number, last[item]));
            }
            last[item] = number;
            seen++;
            at = answer.indexOf(KEY, image);
        }
        return some;
    }

    private static int digits(String text, int from) {
        int number = 0;
        for (int at = from; Character.isDigit(text.charAt(at)); at++) {
            number = number * 10 + text.charAt(at) - '0';
        }
        return number;
    }
}
