package io.gramme.server.trigger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a trigger makes batches of the records of its stream, and what it does when one fails.
 *
 * @param window how long records are gathered before a batch is sent that is not full
 * @param lanes of each shard, among which its items are shared out
 * @param filters the texts of patterns of which one must match; none for everything
 * @param retries how often a batch is sent again that failed, before it is given up; nothing for no end
 * @param maxAge how old a record may be before it is given up; nothing for as old as the stream keeps it
 * @param bisects whether a batch that failed is sent in two halves
 * @param reportsFailures whether the answer says from which record on the batch failed
 * @param timeout how long an answer may take
 * @param onFailure where is told what was given up: a URL, or the name of a file with {@code file:} before it
 */
public record Policy(
        int batchSize,
        Duration window,
        int lanes,
        List<String> filters,
        Optional<Integer> retries,
        Optional<Duration> maxAge,
        boolean bisects,
        boolean reportsFailures,
        Duration timeout,
        Optional<String> onFailure) {
    public static final Policy DEFAULT = new Policy(
            100,
            Duration.ZERO,
            1,
            List.of(),
            Optional.empty(),
            Optional.empty(),
            false,
            false,
            Duration.ofMinutes(1),
            Optional.empty());

    public Policy {
        filters = List.copyOf(filters);
    }
}
