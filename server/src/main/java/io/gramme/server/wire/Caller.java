package io.gramme.server.wire;

/**
 * On whose behalf a request is made, and in which region: the world whose tables it sees.
 *
 * @param account twelve digits
 */
public record Caller(String account, String region) {}
