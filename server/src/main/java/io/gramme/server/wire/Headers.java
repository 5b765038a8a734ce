package io.gramme.server.wire;

import java.util.Optional;

/** The headers of a request, as whoever received it keeps them. */
@FunctionalInterface
public interface Headers {

    /** The first value of this name, however its letters are written. */
    Optional<String> first(String name);
}
