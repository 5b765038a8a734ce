package io.gramme.server.encryption;

import io.gramme.encryption.KeyService;
import io.gramme.encryption.KeyServiceDownException;
import io.gramme.encryption.KeyUnusableException;
import io.gramme.encryption.TableKeys;
import io.gramme.recovery.Backups;
import io.gramme.tables.job.BackgroundJob;
import io.gramme.tables.table.MillisecondClock;
import io.gramme.tables.table.Settings.Archival;
import io.gramme.tables.table.Settings.Encryption;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.Table.Status;
import io.gramme.tables.table.Tables;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The pass that asks whether the root keys of tables can be used, and takes tables from state to state by the answer:
 *
 * <pre>
 * ACTIVE -> INACCESSIBLE_ENCRYPTION_CREDENTIALS   when the key cannot be used
 *        <-                                       when it can again
 *           INACCESSIBLE_ENCRYPTION_CREDENTIALS -> ARCHIVING   when it could not for seven days
 *           ARCHIVING -> ARCHIVED                 when the table has its backup
 * </pre>
 *
 * <p>A table that is being updated keeps its status until the update has ended, and refuses requests for items meanwhile.
 * A key service that does not answer changes nothing. Every server runs the pass: each change says itself when it was made
 * already.
 */
public final class RootKeyWatch implements BackgroundJob.Pass {
    /** How long DynamoDB waits before it archives a table. */
    static final Duration PATIENCE = Duration.ofDays(7);

    /** DynamoDB asks for a key in use every five minutes. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    /** Requests that meet an unusable key begin a pass at most once in this time. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(RootKeyWatch.class.getName());

    private final Tables tables;
    private final KeyService keys;
    private final Optional<TableKeys> tableKeys;
    private final Backups backups;
    private final MillisecondClock clock;
    private final Duration interval;
    private volatile Runnable alarm = () -> {};
    private volatile Instant lastRun = Instant.MIN;

    /** @param tableKeys empty if rows are not sealed: then only the state of the keys counts */
    public RootKeyWatch(
            Tables tables,
            KeyService keys,
            Optional<TableKeys> tableKeys,
            Backups backups,
            MillisecondClock clock,
            Duration interval) {
        this.tables = tables;
        this.keys = keys;
        this.tableKeys = tableKeys;
        this.backups = backups;
        this.clock = clock;
        this.interval = interval;
    }

    @Override
    public void wakeBy(Runnable newAlarm) {
        alarm = newAlarm;
    }

    /** A request has met a key that cannot be used. */
    public void met() {
        if (lastRun.isBefore(clock.instant().minus(EARLY))) {
            alarm.run();
        }
    }

    @Override
    public Duration run() {
        lastRun = clock.instant();
        var states = new HashMap<String, KeyState>();
        for (Table table : tables.all()) {
            Optional<Encryption> encryption = table.settings().encryption();
            if (encryption.isPresent() && isWatched(table)) {
                attend(table, encryption.get(), states);
            }
        }
        return interval;
    }

    private static boolean isWatched(Table table) {
        return switch (table.status()) {
            case CREATING, DELETING -> false;
            case ACTIVE, UPDATING, INACCESSIBLE_ENCRYPTION_CREDENTIALS, ARCHIVING, ARCHIVED -> true;
        };
    }

    private void attend(Table table, Encryption encryption, Map<String, KeyState> states) {
        switch (state(table, encryption, states)) {
            case USABLE -> change(table, RootKeyWatch::accessible);
            case UNUSABLE -> change(table, found -> inaccessible(found, clock.instant()));
            case UNKNOWN -> {}
        }
        tables.find(table.address())
                .filter(found -> found.id().equals(table.id()) && found.status() == Status.ARCHIVING)
                .ifPresent(this::archive);
    }

    private enum KeyState {
        USABLE,
        UNUSABLE,
        UNKNOWN
    }

    private KeyState state(Table table, Encryption encryption, Map<String, KeyState> states) {
        // The key of a sealed table is asked for by its own wrapped key; that also forgets the keys in memory.
        return tableKeys
                .flatMap(keys -> keys.of(table.tablespace()).map(key -> ask(() -> keys.check(key.id()))))
                .orElseGet(() -> states.computeIfAbsent(encryption.keyArn(), arn -> ask(() -> requireEnabled(arn))));
    }

    private void requireEnabled(String arn) {
        if (!keys.describe(arn).enabled()) {
            throw new KeyUnusableException(KeyUnusableException.Reason.DISABLED, arn + " is disabled.");
        }
    }

    private static KeyState ask(Runnable question) {
        try {
            question.run();
            return KeyState.USABLE;
        } catch (KeyUnusableException _) {
            return KeyState.UNUSABLE;
        } catch (KeyServiceDownException e) {
            LOG.log(Level.WARNING, "Cannot ask for the root keys of tables: " + e.getMessage());
            return KeyState.UNKNOWN;
        }
    }

    private void change(Table table, UnaryOperator<Table> edit) {
        if (edit.apply(table).equals(table)) {
            return;
        }
        Table changed =
                tables.change(table.address(), before -> before.id().equals(table.id()) ? edit.apply(before) : before);
        if (changed.status() != table.status()) {
            LOG.log(
                    changed.status() == Status.ACTIVE ? Level.INFO : Level.WARNING,
                    "The root key of a table " + (changed.isInaccessible() ? "cannot be used" : "can be used again")
                            + ": table=" + table.name() + " status=" + changed.status());
        }
    }

    private static Table accessible(Table table) {
        Optional<Encryption> encryption = table.settings().encryption();
        if (encryption.flatMap(Encryption::inaccessible).isEmpty() || table.status() == Status.ARCHIVING) {
            return table;
        }
        Table known = table.with(table.settings().with(encryption.get().with(Optional.empty())));
        return table.status() == Status.INACCESSIBLE_ENCRYPTION_CREDENTIALS
                ? known.with(Status.ACTIVE, table.since())
                : known;
    }

    private static Table inaccessible(Table table, Instant now) {
        Optional<Encryption> encryption = table.settings().encryption();
        if (encryption.isEmpty() || !isWatched(table)) {
            return table;
        }
        Instant since = encryption.get().inaccessible().orElse(now);
        Table known = table.with(table.settings().with(encryption.get().with(Optional.of(since))));
        return switch (table.status()) {
            case ACTIVE -> known.with(Status.INACCESSIBLE_ENCRYPTION_CREDENTIALS, now);
            case INACCESSIBLE_ENCRYPTION_CREDENTIALS ->
                now.isBefore(since.plus(PATIENCE)) ? known : known.with(Status.ARCHIVING, now);
            case CREATING, DELETING, UPDATING, ARCHIVING, ARCHIVED -> known;
        };
    }

    private void archive(Table table) {
        String backup = backups.archive(table).arn();
        Instant now = clock.instant();
        change(table, found -> {
            Optional<Encryption> encryption = found.settings().encryption();
            return found.status() == Status.ARCHIVING && encryption.isPresent()
                    ? found.with(found.settings().with(encryption.get().archived(new Archival(now, backup))))
                            .with(Status.ARCHIVED, now)
                    : found;
        });
    }
}
