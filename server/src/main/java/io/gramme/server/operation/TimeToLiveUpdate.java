package io.gramme.server.operation;

import io.gramme.api.TimeToLiveSpecification;
import io.gramme.core.error.TimeToLiveErrors;
import io.gramme.storage.TablespaceId;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The effect of an UpdateTimeToLive request on a table. The service compares the request with the current setting
 * first, and then checks whether the last change is long enough ago (measured).
 */
final class TimeToLiveUpdate {
    /** From the guide. The service has been seen to allow another change after half of it. */
    private static final Duration INTERVAL = Duration.ofHours(1);

    private final TimeToLiveSpecification request;

    TimeToLiveUpdate(TimeToLiveSpecification request) {
        this.request = request;
    }

    /**
     * The table with the change started. Pure.
     *
     * @param tablespace for the index, if one is needed
     */
    Table apply(Table before, Instant now, TablespaceId tablespace) {
        if (before.status() == Table.Status.CREATING) {
            throw TimeToLiveErrors.beingCreated(before.name());
        }
        Optional<TimeToLive> active = before.timeToLive().filter(TimeToLiveUpdate::isActive);
        requireChange(active);
        before.timeToLive().ifPresent(last -> requireLongAgo(last, now));
        TimeToLive after = active.map(current ->
                        new TimeToLive(current.attribute(), current.tablespace(), TimeToLive.Status.DISABLING, now))
                .orElseGet(() -> new TimeToLive(request.attributeName(), tablespace, TimeToLive.Status.ENABLING, now));
        return before.withTimeToLive(Optional.of(after));
    }

    /** Whether the change needs a tablespace. */
    boolean needsTablespace() {
        return request.enabled();
    }

    private static boolean isActive(TimeToLive last) {
        return switch (last.status()) {
            case ENABLING, FILLING, ENABLED -> true;
            case DISABLING, DISABLED -> false;
        };
    }

    private void requireChange(Optional<TimeToLive> active) {
        if (active.isEmpty()) {
            if (!request.enabled()) {
                throw TimeToLiveErrors.alreadyDisabled();
            }
            return;
        }
        if (!active.get().attribute().equals(request.attributeName())) {
            throw TimeToLiveErrors.otherAttribute(active.get().attribute());
        }
        if (request.enabled()) {
            throw TimeToLiveErrors.alreadyEnabled();
        }
    }

    private static void requireLongAgo(TimeToLive last, Instant now) {
        if (now.isBefore(last.changed().plus(INTERVAL))) {
            throw TimeToLiveErrors.changedTooSoon();
        }
    }
}
