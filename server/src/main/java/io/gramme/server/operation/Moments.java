package io.gramme.server.operation;

import io.gramme.core.error.BackupErrors;
import io.gramme.core.error.WireErrors;
import io.gramme.recovery.RecoveryWindow;
import io.gramme.storage.LogPosition;
import io.gramme.storage.RowStore;
import io.gramme.storage.VersionTime;
import io.gramme.tables.item.ItemReads;
import io.gramme.tables.item.ItemStore;
import io.gramme.tables.item.ReadTarget;
import io.gramme.tables.table.SecondaryIndex;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory.Keeper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * The moment as of which a request reads: the present, or one that its header {@code x-gramme-as-of} names, as a time or
 * as a position of the log. A table with recovery to a point in time can be read as of any moment of its window.
 */
public final class Moments {
    /** A position of this very moment is complete a moment later. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(1);

    private final RowStore store;
    private final ItemStore items;
    private final InstantSource clock;

    public Moments(RowStore store, ItemStore items, InstantSource clock) {
        this.store = store;
        this.items = items;
        this.clock = clock;
    }

    /** The reads of a table or index for a request. */
    ItemReads reads(RequestContext context, ReadTarget target) {
        return context.asOf().isEmpty()
                ? items.reads()
                : items.readsAt(position(context.asOf().get(), target));
    }

    /** Two moments of a table, the first not later than the second. */
    record Span(LogPosition from, LogPosition to) {}

    /**
     * The positions as of which two moments of a table are read.
     *
     * @param to empty for the present
     */
    Span span(Table table, String from, Optional<String> to) {
        var target = new ReadTarget(table, Optional.empty());
        LogPosition first = position("From", from, target);
        LogPosition second = to.map(moment -> position("To", moment, target)).orElseGet(this::present);
        if (to.isPresent() && second.compareTo(first) < 0) {
            throw BackupErrors.momentsReversed();
        }
        return new Span(first, second.compareTo(first) < 0 ? first : second);
    }

    private LogPosition present() {
        LogPosition latest = LogPosition.behind(store.changes().latest().version());
        awaitComplete(latest);
        return latest;
    }

    private LogPosition position(String moment, ReadTarget target) {
        return position(BackupErrors.AS_OF, moment, target);
    }

    private LogPosition position(String parameter, String moment, ReadTarget target) {
        LogPosition position = parse(parameter, moment);
        Keeper keeper = RecoveryWindow.keeper(target.table())
                .filter(one -> !one.isStarting())
                .orElseThrow(
                        () -> BackupErrors.pastNotKept(parameter, target.table().name()));
        Instant now = clock.instant();
        long oldest = Math.max(
                keeper.oldest(now), target.index().map(SecondaryIndex::complete).orElse(0L));
        boolean inTheFuture = position.version() > VersionTime.versionAt(now.plusMillis(1));
        if (position.version() < oldest || inTheFuture) {
            throw BackupErrors.outsidePast(parameter, moment, VersionTime.timeOf(oldest));
        }
        // Where nothing was written since, no position as late as this is ever complete.
        LogPosition latest = LogPosition.behind(store.changes().latest().version());
        LogPosition last = position.compareTo(latest) < 0 ? position : latest;
        awaitComplete(last);
        return last;
    }

    /** A time, or the microseconds since 1970 that the versions of rows and the positions of the log count. */
    private static LogPosition parse(String parameter, String moment) {
        try {
            long version = moment.chars().allMatch(Character::isDigit)
                    ? Long.parseLong(moment)
                    : VersionTime.versionAt(Instant.parse(moment));
            if (version >= 0) {
                return LogPosition.behind(version);
            }
        } catch (DateTimeParseException | NumberFormatException | ArithmeticException _) {
            // Falls through to the error.
        }
        throw BackupErrors.noMoment(parameter, moment);
    }

    private void awaitComplete(LogPosition position) {
        long begun = System.nanoTime();
        while (store.changes().complete().compareTo(position) < 0) {
            if (System.nanoTime() - begun > PATIENCE.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                throw WireErrors.outOfTouch();
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    /** Rejects the header in a request that does not read, or reads as of one moment already. */
    public static void requirePresent(Optional<String> asOf, String operation) {
        if (asOf.isPresent()) {
            throw BackupErrors.noPastOf(operation);
        }
    }
}
