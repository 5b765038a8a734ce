package io.gramme.server.cluster;

import java.time.Duration;

/**
 * How servers that share a store keep time. All of it is measured by each server for itself, on a clock that only goes on:
 * what the clocks on their walls show does not matter, but that a second takes about as long on each.
 *
 * @param look how often a server looks what the others have said
 * @param heartbeat how often it says that it is there
 * @param selfFence how long after its last sign of life was begun a server ceases to serve
 * @param evict how long others see no sign of life until they strike it off. What it asked of the store before it
 *     ceased must have come to its end by then: the difference is longer than a request to the store may take
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
