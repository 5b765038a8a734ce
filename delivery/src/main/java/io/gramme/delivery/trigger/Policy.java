package io.gramme.delivery.trigger;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a trigger forms batches of stream records, and what it does when a batch fails.
 *
 * @param window how long to gather records before a batch is sent that is not full
 * @param lanes of each shard, over which its items are distributed
 * @param filters the texts of patterns of which one must match; empty to pass every record
 * @param retries how often a failed batch is sent again before it is given up; empty for no limit
 * @param maxAge how old a record may become before it is given up; empty for as long as the stream keeps it
 * @param bisects whether a failed batch is split into two halves
 * @param reportsFailures whether the response says from which record on the batch failed
 * @param timeout for the response
 * @param onFailure the failure destination: a URL, or a file name after {@code file:}
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
