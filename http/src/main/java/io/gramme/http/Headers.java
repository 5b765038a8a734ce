package io.gramme.http;

import java.util.List;
import java.util.Optional;

/**
 * The headers of a request, independent of the transport that received it. A value has one character for each of its
 * bytes (ISO 8859-1), as on the wire; {@link io.gramme.core.signature.WireText} converts.
 */
@FunctionalInterface
public interface Headers {

    /** All values of this name, in the order of arrival; the case of letters in the name does not matter. */
    List<String> all(String name);

    /** The first of them. */
    default Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }
}
