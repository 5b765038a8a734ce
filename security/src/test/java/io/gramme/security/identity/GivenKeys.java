package io.gramme.security.identity;

import java.util.Optional;

/** Server keys of a test. */
public record GivenKeys(ServerKeys keys) implements ServerKeySource {
    public static final String ONE = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE=\n";
    public static final String TWO = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAI=\n";

    @Override
    public Optional<ServerKeys> find() {
        return Optional.of(keys);
    }

    @Override
    public Optional<ServerKeys> create() {
        return Optional.empty();
    }

    @Override
    public String place() {
        return "the test";
    }
}
