package io.gramme.tables.cluster;

import java.time.Duration;

/**
 * The periods and timeouts of a cluster. Each server measures all of them on its own monotonic clock: wall clocks play
 * no part, but a second must take about as long on every server.
 *
 * @param look how often a server reads the member table
 * @param heartbeat how often a server writes a heartbeat
 * @param selfFence how long after the start of its last heartbeat a server stops serving
 * @param evict how long other servers wait for a heartbeat before they evict a server. Its requests to the store must
 *     have ended by then: the difference to {@code selfFence} is longer than a request to the store may take
 */
public record Timing(Duration look, Duration heartbeat, Duration selfFence, Duration evict) {
    public static final Timing DEFAULT =
            new Timing(Duration.ofMillis(250), Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(18));

    public Timing {
        if (selfFence.compareTo(heartbeat) <= 0 || evict.compareTo(selfFence) <= 0) {
            throw new IllegalArgumentException(
                    "heartbeat=" + heartbeat + " selfFence=" + selfFence + " evict=" + evict);
        }
    }
}
