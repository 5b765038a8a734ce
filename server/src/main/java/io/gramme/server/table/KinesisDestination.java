package io.gramme.server.table;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Kinesis data stream that the changes of a table go to, or once went to. What goes there is a {@link Subscription} of the
 * table's log, which begins and ends with it.
 *
 * @param following the name of that, another one each time that the destination is enabled
 * @param failure why it cannot be enabled, where that was known when it was asked for
 * @param precision of the times that records tell, where a client chose one
 * @param updates when the precision was changed lately, the newest last
 * @param since when a client last enabled or disabled it
 */
public record KinesisDestination(
        String streamArn,
        String following,
        Status status,
        Optional<String> failure,
        Optional<Precision> precision,
        List<Instant> updates,
        Instant since) {
    /** How long one that ended is shown. The service has been seen to do so for minutes; how long is not known. */
    private static final Duration SHOWN = Duration.ofDays(1);

    /** Begins the names of all followings that are for destinations. */
    private static final String PREFIX = "kinesis/";

    /** As the API names them. */
    public enum Status {
        ENABLING,
        ACTIVE,
        UPDATING,
        DISABLING,
        DISABLED,
        ENABLE_FAILED
    }

    /** Of times, as the API names it. */
    public enum Precision {
        /** Unless a client wants it otherwise. */
        MILLISECOND,
        MICROSECOND
    }

    public KinesisDestination {
        updates = List.copyOf(updates);
    }

    /** @param id names this enabling among all that there ever are */
    static KinesisDestination enabling(
            String streamArn, String id, Optional<String> failure, Optional<Precision> precision, Instant now) {
        return new KinesisDestination(
                streamArn, PREFIX + id + "/" + streamArn, Status.ENABLING, failure, precision, List.of(), now);
    }

    /** The ARN of the data stream that a following is for, if it is for one. */
    public static Optional<String> streamArnOf(Subscription following) {
        return Optional.of(following.name())
                .filter(name -> name.startsWith(PREFIX))
                .map(name -> name.substring(name.indexOf('/', PREFIX.length()) + 1));
    }

    /** Whether there can be no other beside it. */
    boolean isLive() {
        return status != Status.DISABLED && status != Status.ENABLE_FAILED;
    }

    /** Whether something that a client asked for has yet to happen. */
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
        return new KinesisDestination(streamArn, following, changed, failure, precision, updates, at);
    }

    KinesisDestination updating(Precision changed, List<Instant> lately) {
        return new KinesisDestination(
                streamArn, following, Status.UPDATING, failure, Optional.of(changed), lately, since);
    }
}
