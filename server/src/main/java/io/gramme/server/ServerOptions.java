package io.gramme.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What a server is started with.
 *
 * @param port 0 takes any free port
 * @param data the directory of its tables; without one they are kept in memory and end with the server
 * @param tableDelay how long a table is CREATING, UPDATING or DELETING before it is done
 * @param ttlInterval how long after a look for expired items comes the next; zero for only when told to
 */
public record ServerOptions(
        String host, int port, Optional<Path> data, Durability durability, Duration tableDelay, Duration ttlInterval) {
    public static final String DEFAULT_HOST = "127.0.0.1";
    public static final int DEFAULT_PORT = 8000;
    public static final Duration DEFAULT_TTL_INTERVAL = Duration.ofSeconds(5);

    /** A server whose tables are in memory, on any free port. */
    public static ServerOptions inMemory() {
        return new ServerOptions(
                DEFAULT_HOST, 0, Optional.empty(), Durability.SYNCED, Duration.ZERO, DEFAULT_TTL_INTERVAL);
    }
}
