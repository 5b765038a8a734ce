package io.gramme.storage.rocksdb;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.gramme.storage.Durability;
import io.gramme.storage.StorageException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Decides, before RocksDB opens a database, where its write-ahead log ends, and cuts it there.
 *
 * <p>A log that is not whole has one of three causes. Power was lost, or the process was killed, before its end was
 * synced: that end is dropped. A synced part is damaged: the store is not opened, unless the loss is accepted. Or
 * RocksDB no longer needs the log and had begun to delete it.
 *
 * <p>Synced is what the {@link SyncMark} covers, and, where each group is synced, everything before a record that is
 * whole: it was written only after the sync of the one before had succeeded.
 */
final class LogRecovery {
    private static final System.Logger LOG = System.getLogger(LogRecovery.class.getName());
    private static final Pattern LOG_NAME = Pattern.compile("(\\d+)\\.log");
    private static final String ASIDE = "lost-log-";

    private final Path directory;
    private final Path database;
    private final Optional<SyncMark.Found> mark;
    private final LongSupplier oldestNeeded;

    /**
     * @param directory of the store, where lost parts are put aside
     * @param oldestNeeded finds out the number of the oldest log that the database needs; asked only if one is not
     *     whole
     */
    LogRecovery(Path directory, Path database, Optional<SyncMark.Found> mark, LongSupplier oldestNeeded) {
        this.directory = directory;
        this.database = database;
        this.mark = mark;
        this.oldestNeeded = oldestNeeded;
    }

    /**
     * Makes the logs whole.
     *
     * @return the sequence number up to which they are whole, if something was cut off
     * @throws StorageException if a loss is refused, or the manifest is damaged
     */
    Optional<Long> prepare(LogLoss loss) throws IOException {
        Optional<Examined> examined = examine();
        if (examined.isEmpty()) {
            return Optional.empty();
        }
        LogDamage found = examined.get().damage;
        List<Path> logs = examined.get().logs;
        if (!examined.get().isLoss) {
            LOG.log(
                    Level.WARNING,
                    "The end of the log was not synced when the process stopped, and is incomplete; it is dropped: "
                            + found.text());
            cut(found, logs, Optional.empty());
            return Optional.of(found.lastWhole());
        }
        if (loss == LogLoss.REFUSE) {
            throw refused(found);
        }
        Path aside = directory.resolve(ASIDE + (found.lastWhole() + 1));
        Files.createDirectories(aside);
        cut(found, logs, Optional.of(aside));
        LOG.log(
                Level.ERROR,
                "Acknowledged writes are lost, as was accepted; the part cut off the log is kept: directory=" + aside
                        + " " + found.text());
        return Optional.of(found.lastWhole());
    }

    /**
     * What is wrong with the logs.
     *
     * @param isLoss whether acknowledged writes are lost
     * @param logs that the database needs
     */
    record Examined(LogDamage damage, boolean isLoss, List<Path> logs) {}

    /** Reads the logs, and changes nothing; empty if they are whole. */
    Optional<Examined> examine() throws IOException {
        long inTables = Manifest.lastSequence(database);
        long synced = mark.map(SyncMark.Found::sequence).orElse(0L);
        List<Path> logs = logs(0);
        Optional<LogDamage> damage = LogReading.damage(database, logs, inTables, synced);
        if (damage.isPresent()) {
            logs = logs(oldestNeeded.getAsLong());
            damage = LogReading.damage(database, logs, inTables, synced);
        }
        List<Path> needed = logs;
        return damage.map(found -> new Examined(found, isLoss(found, synced), needed));
    }

    private boolean isLoss(LogDamage damage, long synced) {
        if (damage.lastWhole() < synced) {
            return true;
        }
        boolean synchronous = mark.map(SyncMark.Found::durability).orElse(Durability.SYNCED) == Durability.SYNCED;
        return synchronous && damage.records() > 0;
    }

    private static StorageException refused(LogDamage damage) {
        return new StorageException(
                "write-ahead log is damaged where it holds acknowledged writes; restore the data directory from a"
                        + " backup, or start once with --accept-log-loss, which drops everything from the damage on: "
                        + damage.text());
    }

    private List<Path> logs(long oldest) throws IOException {
        try (Stream<Path> files = Files.list(database)) {
            return files.filter(file -> number(file) >= oldest)
                    .sorted(Comparator.comparingLong(LogRecovery::number))
                    .toList();
        }
    }

    /** The number of a log; -1 for other files. */
    private static long number(Path file) {
        Matcher name = LOG_NAME.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    /**
     * @param aside where to keep the part that is cut off; empty if nothing of it was acknowledged, so that it is not
     *     kept
     */
    private void cut(LogDamage damage, List<Path> logs, Optional<Path> aside) throws IOException {
        List<Path> later = new ArrayList<>(logs);
        while (!later.isEmpty() && !later.removeFirst().equals(damage.file())) {
            // The damaged log and those before it stay where they are.
        }
        if (aside.isPresent() && Files.isRegularFile(damage.file())) {
            copyEnd(damage, aside.get());
        }
        // From the last one backward, so that after a crash in between the log is damaged at the same place.
        for (Path log : later.reversed()) {
            if (aside.isPresent()) {
                Files.move(log, aside.get().resolve(log.getFileName()));
            } else {
                Files.delete(log);
            }
        }
        if (Files.isRegularFile(damage.file())) {
            try (var file = FileChannel.open(damage.file(), WRITE)) {
                file.truncate(damage.cut());
                file.force(true);
            }
        }
        DataDirectory.sync(database);
    }

    private static void copyEnd(LogDamage damage, Path aside) throws IOException {
        Path copy = aside.resolve(damage.file().getFileName() + ".from-" + damage.cut());
        try (var from = FileChannel.open(damage.file(), READ);
                var to = FileChannel.open(copy, CREATE, WRITE, TRUNCATE_EXISTING)) {
            long end = from.size();
            for (long at = damage.cut(); at < end; ) {
                at += from.transferTo(at, end - at, to);
            }
            to.force(true);
        }
        DataDirectory.sync(aside);
    }
}
