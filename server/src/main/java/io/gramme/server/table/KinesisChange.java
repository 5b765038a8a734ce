package io.gramme.server.table;

import io.gramme.core.error.KinesisErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.server.table.KinesisDestination.Precision;
import io.gramme.server.table.KinesisDestination.Status;
import io.gramme.server.table.TableLog.Images;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What requests make of a table's Kinesis destinations. A table has at most one that is live, and any number that are
 * disabled or could not be enabled (measured; the guide says nothing of it).
 *
 * <p>Whether an ARN is any good is found out after the request was answered (measured): so here, too, it is the settling
 * that fails.
 */
public final class KinesisChange {
    /** Precision changes (the guide). */
    private static final int MOST_UPDATES = 3;

    private static final Duration UPDATES_WITHIN = Duration.ofHours(24);

    /** Of those that ended the oldest are forgotten, lest a table grow by requests that come to nothing. */
    private static final int MOST_REMEMBERED = 20;

    private static final Pattern STREAM_ARN =
            Pattern.compile("arn:[a-z-]+:kinesis:([a-z0-9-]+):\\d+:stream/[a-zA-Z0-9_.-]+");

    private final String streamArn;

    public KinesisChange(String streamArn) {
        this.streamArn = streamArn;
    }

    /**
     * The table with the destination being enabled. Pure, as the others are.
     *
     * @param id of this enabling
     * @param obstacle why no destination can be enabled on this server, if that is so
     * @param newStore for the table's log, if it has none
     */
    public Table enable(
            Table before,
            String id,
            Optional<Precision> precision,
            Optional<String> obstacle,
            long newStore,
            Instant now) {
        requireThere(before);
        List<KinesisDestination> all = before.settings().destinations();
        if (all.stream().anyMatch(KinesisDestination::isLive)) {
            throw KinesisErrors.alreadyEnabled();
        }
        if (before.status() == Table.Status.DELETING) {
            throw TableErrors.beingDeleted(before.name());
        }
        Optional<String> failure = failure(before.accountRegion()).or(() -> obstacle);
        var enabled = KinesisDestination.enabling(streamArn, id, failure, precision, now);
        var changed = new ArrayList<>(List.of(enabled));
        all.stream()
                .filter(one -> !one.streamArn().equals(streamArn) && one.isShown(now))
                .limit(MOST_REMEMBERED)
                .forEach(changed::add);
        Table after = with(before, changed, now);
        return failure.isPresent() ? after : after.followedBy(enabled.following(), Images.BOTH, newStore, now);
    }

    private Optional<String> failure(AccountRegion accountRegion) {
        Matcher arn = STREAM_ARN.matcher(streamArn);
        if (!arn.matches()) {
            return Optional.of(KinesisErrors.NO_STREAM);
        }
        return arn.group(1).equals(accountRegion.region()) ? Optional.empty() : Optional.of(KinesisErrors.OTHER_REGION);
    }

    /** The table with the destination being disabled, which it may be already. */
    public Table disable(Table before, Instant now) {
        requireThere(before);
        KinesisDestination found = find(before)
                .filter(one -> one.status() == Status.ACTIVE || one.status() == Status.DISABLING)
                .orElseThrow(KinesisErrors::notEnabled);
        if (found.status() == Status.DISABLING) {
            return before;
        }
        return replace(before, one -> one.disabling(now), now).notFollowedBy(found.following(), now);
    }

    /** The table with a change of the precision under way. */
    public Table update(Table before, Precision precision, Instant now) {
        requireThere(before);
        KinesisDestination found =
                find(before).orElseThrow(() -> KinesisErrors.noDestination(streamArn, before.name()));
        if (found.status() != Status.ACTIVE) {
            throw KinesisErrors.notUpdatable(streamArn, before.name());
        }
        if (found.precision().orElse(Precision.MILLISECOND) == precision) {
            throw KinesisErrors.samePrecision(precision.name(), before.id(), streamArn);
        }
        var updates = new ArrayList<>(found.updates().stream()
                .filter(at -> at.isAfter(now.minus(UPDATES_WITHIN)))
                .toList());
        if (updates.size() >= MOST_UPDATES) {
            throw KinesisErrors.tooManyChanges(MOST_UPDATES);
        }
        updates.add(now);
        return replace(before, one -> one.updating(precision, updates), now);
    }

    /** Of a table that is being made nobody knows yet (measured). */
    public static void requireThere(Table table) {
        if (table.status() == Table.Status.CREATING) {
            throw TableErrors.tableNotFound(table.name());
        }
    }

    private Optional<KinesisDestination> find(Table table) {
        return table.settings().destinations().stream()
                .filter(one -> one.streamArn().equals(streamArn))
                .findFirst();
    }

    private Table replace(Table before, Function<KinesisDestination, KinesisDestination> change, Instant now) {
        List<KinesisDestination> changed = before.settings().destinations().stream()
                .map(one -> one.streamArn().equals(streamArn) ? change.apply(one) : one)
                .toList();
        return with(before, changed, now);
    }

    private static Table with(Table before, List<KinesisDestination> changed, Instant now) {
        return before.with(before.settings().withDestinations(changed)).with(before.status(), now);
    }
}
