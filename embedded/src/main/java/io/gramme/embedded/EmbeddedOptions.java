package io.gramme.embedded;

import io.gramme.server.Durability;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.server.StorageOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What an embedded Gramme is started with. Each method gives options that differ in one thing.
 *
 * @param data the directory of its tables; without one they are kept in memory and end with it
 * @param account twelve digits: whose tables the clients see
 * @param region in which the clients are
 * @param tableDelay how long a table is CREATING, UPDATING or DELETING before it is done
 * @param ttlInterval how long after a look for expired items comes the next
 */
public record EmbeddedOptions(
        Optional<Path> data,
        Durability durability,
        String account,
        String region,
        Duration tableDelay,
        Duration ttlInterval) {

    public EmbeddedOptions {
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("an account has twelve digits, not " + account);
        }
    }

    /** Tables in memory. */
    public static EmbeddedOptions inMemory() {
        return new EmbeddedOptions(
                Optional.empty(),
                Durability.SYNCED,
                "000000000000",
                "us-east-1",
                Duration.ZERO,
                Pace.DEFAULT_TTL_INTERVAL);
    }

    /** Tables in a directory, which is made if it is not there. One process at a time may have it open. */
    public static EmbeddedOptions in(Path data) {
        EmbeddedOptions defaults = inMemory();
        return new EmbeddedOptions(
                Optional.of(data),
                defaults.durability,
                defaults.account,
                defaults.region,
                defaults.tableDelay,
                defaults.ttlInterval);
    }

    public EmbeddedOptions with(Durability chosen) {
        return new EmbeddedOptions(data, chosen, account, region, tableDelay, ttlInterval);
    }

    public EmbeddedOptions withAccount(String chosen) {
        return new EmbeddedOptions(data, durability, chosen, region, tableDelay, ttlInterval);
    }

    public EmbeddedOptions withRegion(String chosen) {
        return new EmbeddedOptions(data, durability, account, chosen, tableDelay, ttlInterval);
    }

    public EmbeddedOptions withTableDelay(Duration chosen) {
        return new EmbeddedOptions(data, durability, account, region, chosen, ttlInterval);
    }

    public EmbeddedOptions withTtlInterval(Duration chosen) {
        return new EmbeddedOptions(data, durability, account, region, tableDelay, chosen);
    }

    ServerOptions forServer() {
        return ServerOptions.with(StorageOptions.in(data, durability))
                .at(new Pace(tableDelay, Pace.DEFAULT_PARTITION_BYTES, ttlInterval));
    }
}
