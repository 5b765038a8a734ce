package io.gramme.embedded;

import io.gramme.server.Engine;
import io.gramme.server.ServerOptions;
import io.gramme.server.ServerOptions.Encryption;
import io.gramme.server.ServerOptions.Encryption.Wish;
import io.gramme.server.ServerOptions.Pace;
import io.gramme.storage.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of an embedded Gramme. Each {@code with} method returns a copy that differs in one option.
 *
 * @param data the directory of the tables; without one they are kept in memory and end with the embedded Gramme
 * @param account the account whose tables the clients see: twelve digits
 * @param region the region of the clients
 * @param tableDelay how long a table stays CREATING, UPDATING or DELETING
 * @param ttlInterval the interval at which expired items are deleted
 * @param encrypted whether the directory is encrypted, from its first use on; one that exists and is not is refused
 */
public record EmbeddedOptions(
        Optional<Path> data,
        Durability durability,
        String account,
        String region,
        Duration tableDelay,
        Duration ttlInterval,
        boolean encrypted) {

    public EmbeddedOptions {
        if (!account.matches("[0-9]{12}")) {
            throw new IllegalArgumentException("an account has twelve digits, not " + account);
        }
    }

    /** Options for tables in memory. */
    public static EmbeddedOptions inMemory() {
        return new EmbeddedOptions(
                Optional.empty(),
                Durability.SYNCED,
                "000000000000",
                "us-east-1",
                Duration.ZERO,
                Pace.DEFAULT_TTL_INTERVAL,
                false);
    }

    /**
     * Options for tables in a directory, which is created if it is missing. One process at a time can open it. They need
     * the artifact {@code gramme-storage-rocksdb} on the class path.
     */
    public static EmbeddedOptions in(Path data) {
        EmbeddedOptions defaults = inMemory();
        return new EmbeddedOptions(
                Optional.of(data),
                defaults.durability,
                defaults.account,
                defaults.region,
                defaults.tableDelay,
                defaults.ttlInterval,
                defaults.encrypted);
    }

    public EmbeddedOptions with(Durability chosen) {
        return new EmbeddedOptions(data, chosen, account, region, tableDelay, ttlInterval, encrypted);
    }

    public EmbeddedOptions withAccount(String chosen) {
        return new EmbeddedOptions(data, durability, chosen, region, tableDelay, ttlInterval, encrypted);
    }

    public EmbeddedOptions withRegion(String chosen) {
        return new EmbeddedOptions(data, durability, account, chosen, tableDelay, ttlInterval, encrypted);
    }

    public EmbeddedOptions withTableDelay(Duration chosen) {
        return new EmbeddedOptions(data, durability, account, region, chosen, ttlInterval, encrypted);
    }

    public EmbeddedOptions withTtlInterval(Duration chosen) {
        return new EmbeddedOptions(data, durability, account, region, tableDelay, chosen, encrypted);
    }

    /**
     * Options for a directory whose tables are encrypted on the disk, from its first use on. Their key is in the file
     * {@code DATA.key} beside the directory, which is made if it is missing: without it, the tables cannot be read.
     */
    public EmbeddedOptions withEncryption() {
        return new EmbeddedOptions(data, durability, account, region, tableDelay, ttlInterval, true);
    }

    private Engine engine() {
        return data.map(directory -> DiskEngine.in(directory, durability)).orElse(Engine.Memory.PLAIN);
    }

    ServerOptions forServer() {
        return ServerOptions.with(engine())
                .at(new Pace(tableDelay, Pace.DEFAULT_PARTITION_BYTES, ttlInterval, Pace.DEFAULT.recoveryLag()))
                .at(encrypted ? new Encryption(Wish.ON, _ -> {}) : Encryption.DEFAULT)
                .withFaultRules();
    }
}
