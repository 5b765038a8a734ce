package io.gramme.tables.table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Kinesis data stream that receives, or once received, the changes of a table. A {@link Subscription} to the table's
 * log feeds it, and begins and ends with it.
 *
 * @param subscription the name of that subscription, a new one each time that the destination is enabled
 * @param failure why it cannot be enabled, where that was known when the request was made
 * @param precision of the timestamps in records, where a client chose one
 * @param updates the recent changes of the precision, the newest last
 * @param since when a client last enabled or disabled it
 */
public record KinesisDestination(
        String streamArn,
        String subscription,
        Status status,
        Optional<String> failure,
        Optional<Precision> precision,
        List<Instant> updates,
        Instant since) {
    /**
     * How long an ended destination is shown. The service has been seen to do so for minutes; how long is not known.
     */
    private static final Duration SHOWN = Duration.ofDays(1);

    /** The prefix of the names of all subscriptions that feed destinations. */
    private static final String PREFIX = "kinesis/";

    /** The status, with the names of the API. */
    public enum Status {
        ENABLING,
        ACTIVE,
        UPDATING,
        DISABLING,
        DISABLED,
        ENABLE_FAILED
    }

    /** The precision of timestamps, with the names of the API. */
    public enum Precision {
        /** The default. */
        MILLISECOND,
        MICROSECOND
    }

    public KinesisDestination {
        updates = List.copyOf(updates);
    }

    /** @param id identifies this activation among all that there ever are */
    static KinesisDestination enabling(
            String streamArn, String id, Optional<String> failure, Optional<Precision> precision, Instant now) {
        return new KinesisDestination(
                streamArn, PREFIX + id + "/" + streamArn, Status.ENABLING, failure, precision, List.of(), now);
    }

    /** The ARN of the data stream that a subscription feeds, if it feeds one. */
    public static Optional<String> streamArnOf(Subscription subscription) {
        return Optional.of(subscription.name())
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(name.indexOf('/', PREFIX.length()) + 1));
    }

    /** Whether it excludes any other live destination of its table. */
    boolean isLive() {
        return status != Status.DISABLED && status != Status.ENABLE_FAILED;
    }

    /** Whether a requested change has yet to take effect. */
    boolean isPending() {
        return status == Status.ENABLING || status == Status.UPDATING || status == Status.DISABLING;
    }

    /** Whether clients still see it. */
    public boolean isShown(Instant now) {
        return isLive() || now.isBefore(since.plus(SHOWN));
    }

    KinesisDestination settled() {
        return switch (status) {
            case ENABLING -> with(failure.isPresent() ? Status.ENABLE_FAILED : Status.ACTIVE, since);
            case UPDATING -> with(Status.ACTIVE, since);
            case DISABLING -> with(Status.DISABLED, since);
            case ACTIVE, DISABLED, ENABLE_FAILED -> this;
        };
    }

    KinesisDestination disabling(Instant now) {
        return with(Status.DISABLING, now);
    }

    private KinesisDestination with(Status changed, Instant at) {
        return new KinesisDestination(streamArn, subscription, changed, failure, precision, updates, at);
    }

    KinesisDestination updating(Precision changed, List<Instant> lately) {
        return new KinesisDestination(
                streamArn, subscription, Status.UPDATING, failure, Optional.of(changed), lately, since);
    }
}
