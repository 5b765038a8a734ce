package io.gramme.tables.log;

import io.gramme.storage.LogPosition;
import io.gramme.storage.PartitionKey;
import io.gramme.storage.TablespaceId;
import io.gramme.storage.VersionTime;
import io.gramme.tables.table.ClosedSubscription;
import io.gramme.tables.table.PartitionMap;
import io.gramme.tables.table.PastStream;
import io.gramme.tables.table.Subscription;
import io.gramme.tables.table.Table;
import io.gramme.tables.table.TableLog;
import io.gramme.tables.table.Tables;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What readers claim of the logs at one moment: of each log, the records behind a position. Streams, subscriptions, and
 * those that have ended each claim the records of their own retention; the log keeps the most that any of them claims.
 * Every claim is bounded by time, so that no reader that stays away keeps a log for ever.
 */
final class LogClaims {
    /** The claims by the tablespace of their log. */
    private final Map<TablespaceId, Claim> claims = new HashMap<>();

    /**
     * The claim on one log.
     *
     * @param shards the partition keys of the records
     * @param oldest records up to and including this position are not claimed
     */
    record Claim(TableLog log, List<PartitionKey> shards, LogPosition oldest) {
        private static Claim of(TableLog log, PartitionMap partitions, Duration retention, Instant now) {
            return new Claim(log, partitions.all().stream().map(log::place).toList(), LogClaims.oldest(retention, now));
        }

        static Claim of(PastStream past, Instant now) {
            return of(past.log(), past.partitions(), Subscription.RETENTION, now);
        }

        static Claim of(ClosedSubscription past, Instant now) {
            return of(past.log(), past.partitions(), past.subscription().needs().retention(), now);
        }

        private Claim and(Claim other) {
            return new Claim(
                    log,
                    Stream.concat(shards.stream(), other.shards.stream())
                            .distinct()
                            .toList(),
                    oldest.compareTo(other.oldest) <= 0 ? oldest : other.oldest);
        }
    }

    private LogClaims() {}

    static LogClaims at(Tables tables, Instant now) {
        var claims = new LogClaims();
        tables.all().forEach(table -> table.log().ifPresent(log -> claims.add(of(table, log, now))));
        tables.pastStreams().all().forEach(past -> claims.add(Claim.of(past, now)));
        tables.closedSubscriptions().all().forEach(past -> claims.add(Claim.of(past, now)));
        return claims;
    }

    private static Claim of(Table table, TableLog log, Instant now) {
        Duration longest = Stream.concat(
                        Stream.of(Subscription.RETENTION),
                        log.subscriptions().stream()
                                .map(subscription -> subscription.needs().retention()))
                .max(Duration::compareTo)
                .orElseThrow();
        return Claim.of(log, table.partitions(), longest, now);
    }

    /** The newest position that a retention does not cover. */
    static LogPosition oldest(Duration retention, Instant now) {
        return LogPosition.behind(Math.max(0, VersionTime.versionAt(now.minus(retention))));
    }

    private void add(Claim claim) {
        claims.merge(claim.log().tablespace(), claim, Claim::and);
    }

    Collection<Claim> all() {
        return claims.values();
    }

    /** Up to where the current log of a table is unclaimed; empty if it has none. */
    Optional<LogPosition> oldest(Table table) {
        return table.log().map(log -> claims.get(log.tablespace())).map(Claim::oldest);
    }
}
