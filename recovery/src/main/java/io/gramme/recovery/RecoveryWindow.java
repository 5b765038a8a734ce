package io.gramme.recovery;

import io.gramme.storage.LogPosition;
import io.gramme.storage.VersionTime;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableHistory;
import io.gramme.tables.table.TableHistory.Keeper;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The times to which a table can be restored, in whole seconds, both included. A restore to a second has every change
 * of that second.
 *
 * <p>The window begins when recovery was enabled, or a period ago, whichever is later. It ends some minutes ago, but not
 * before it begins (measured).
 */
public record RecoveryWindow(Instant earliest, Instant latest) {
    /** The name by which recovery keeps the history of a table. */
    public static final String KEEPER = "recovery";

    /** How far the end of the window lies back on the service. */
    public static final Duration LAG = Duration.ofMinutes(5);

    public static final int DEFAULT_DAYS = 35;

    /** The keeper of a table with recovery to a point in time; empty if it is disabled. */
    public static Optional<Keeper> keeper(Table table) {
        return table.history().flatMap(history -> history.keeper(KEEPER));
    }

    public static Keeper start(int days) {
        return TableHistory.Keeper.start(KEEPER, Duration.ofDays(days));
    }

    /** @param lag how far its end lies back */
    public static RecoveryWindow of(Keeper keeper, Instant now, Duration lag) {
        Instant earliest =
                (keeper.isStarting() ? now : VersionTime.timeOf(keeper.oldest(now))).truncatedTo(ChronoUnit.SECONDS);
        Instant latest = now.minus(lag).truncatedTo(ChronoUnit.SECONDS);
        return new RecoveryWindow(earliest, latest.isBefore(earliest) ? earliest : latest);
    }

    public boolean contains(Instant second) {
        return !second.isBefore(earliest) && !second.isAfter(latest);
    }

    /** The position behind every change of a second and of those before it. */
    public static LogPosition position(Instant second) {
        Instant next = second.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        return LogPosition.behind(VersionTime.versionAt(next) - 1);
    }
}
