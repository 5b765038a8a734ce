package io.gramme.http;

import java.util.Optional;

/** The headers of a request, independent of the transport that received it. */
@FunctionalInterface
public interface Headers {

    /** The first value of this name; the case of letters does not matter. */
    Optional<String> first(String name);
}
