package io.gramme.encryption;

import java.time.Duration;

/**
 * How long keys are used.
 *
 * @param dataKeyUses how often one data key seals: for random nonces of 12 bytes, 2^30 leave a chance of 2^-37 that two are equal
 * @param dataKeyLife how long it seals
 * @param revalidation how often a key service is asked whether a table key in use may still be used
 * @param idle after which keys that are not used are dropped from memory
 * @param grace for how long a table key is used after that while its key service does not answer
 * @param refusal for how long a refusal of a key service is believed before it is asked again
 */
public record KeyRules(
        long dataKeyUses,
        Duration dataKeyLife,
        Duration revalidation,
        Duration idle,
        Duration grace,
        Duration refusal) {
    public static final KeyRules DEFAULT = new KeyRules(
            1 << 30,
            Duration.ofHours(24),
            Duration.ofMinutes(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofSeconds(2));
}
