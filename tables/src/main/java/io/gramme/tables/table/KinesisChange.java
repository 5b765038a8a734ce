package io.gramme.tables.table;

import io.gramme.core.error.KinesisErrors;
import io.gramme.core.error.TableErrors;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.KinesisDestination.Precision;
import io.gramme.tables.table.KinesisDestination.Status;
import io.gramme.tables.table.Subscription.Needs;
import io.gramme.tables.table.TableLog.Images;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The effect of a request on a table's Kinesis destinations. A table has at most one live destination, and any number
 * that are disabled or could not be enabled (measured; the guide says nothing of it).
 *
 * <p>The service validates an ARN after it has answered the request (measured): so here, too, the failure appears
 * later, when the change takes effect.
 */
public final class KinesisChange {
    /** The most changes of the precision in 24 hours (the guide). */
    private static final int MOST_UPDATES = 3;

    private static final Duration UPDATES_WITHIN = Duration.ofHours(24);

    /**
     * The most ended destinations kept, the oldest dropped first, so that failed requests do not grow a table without
     * bound.
     */
    private static final int MOST_REMEMBERED = 20;

    private static final Pattern STREAM_ARN =
            Pattern.compile("arn:[a-z-]+:kinesis:([a-z0-9-]+):\\d+:stream/[a-zA-Z0-9_.-]+");

    private final String streamArn;

    public KinesisChange(String streamArn) {
        this.streamArn = streamArn;
    }

    /**
     * The table with the destination ENABLING. Pure, like the other changes.
     *
     * @param id of this activation of the destination
     * @param obstacle the reason why this server cannot enable any destination, if there is one
     * @param newTablespace for the table's log, if it has none
     */
    public Table enable(
            Table before,
            String id,
            Optional<Precision> precision,
            Optional<String> obstacle,
            TablespaceId newTablespace,
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
        return failure.isPresent()
                ? after
                : after.withSubscription(enabled.subscription(), Needs.changes(Images.BOTH), newTablespace, now);
    }

    private Optional<String> failure(AccountRegion accountRegion) {
        Matcher arn = STREAM_ARN.matcher(streamArn);
        if (!arn.matches()) {
            return Optional.of(KinesisErrors.NO_STREAM);
        }
        return arn.group(1).equals(accountRegion.region()) ? Optional.empty() : Optional.of(KinesisErrors.OTHER_REGION);
    }

    /** The table with the destination DISABLING, which it may be already. */
    public Table disable(Table before, Instant now) {
        requireThere(before);
        KinesisDestination found = find(before)
                .filter(one -> one.status() == Status.ACTIVE || one.status() == Status.DISABLING)
                .orElseThrow(KinesisErrors::notEnabled);
        if (found.status() == Status.DISABLING) {
            return before;
        }
        return replace(before, one -> one.disabling(now), now).withoutSubscription(found.subscription(), now);
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

    /** A table in CREATING is reported as not found (measured). */
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
