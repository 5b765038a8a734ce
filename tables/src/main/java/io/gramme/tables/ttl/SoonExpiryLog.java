package io.gramme.tables.ttl;

import io.gramme.tables.table.Table;
import io.gramme.tables.table.TimeToLive;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs one line for a table whose items expire within a minute of being written, at most once an hour. The service
 * would keep such items for days, so a client with a wrong expiry time does not notice there; here the items are gone
 * in seconds.
 *
 * <p>Any number of threads may use it at once.
 */
final class SoonExpiryLog {
    private static final System.Logger LOG = System.getLogger(SoonExpiryLog.class.getName());

    private static final Duration PERIOD = Duration.ofHours(1);

    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    /** Logs that an item of this table has expired so soon, unless that was logged less than an hour ago. */
    void note(Table table, TimeToLive timeToLive, Instant now) {
        line(table.address().arn(), timeToLive.attribute(), now).ifPresent(text -> LOG.log(Level.INFO, text));
    }

    Optional<String> line(String arn, String attribute, Instant now) {
        // Entries older than an hour are removed, and with them tables that are gone.
        noted.values().removeIf(when -> !when.isAfter(now.minus(PERIOD)));
        if (noted.putIfAbsent(arn, now) != null) {
            return Optional.empty();
        }
        return Optional.of("Items expire within a minute of being written, and are deleted; check that their"
                + " time to live is in seconds since 1970: table=" + arn + " attribute=" + attribute);
    }
}
