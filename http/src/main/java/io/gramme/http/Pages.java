package io.gramme.http;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/** A set of pages for browsers and monitors. Each request runs on its own virtual thread and may block. */
@FunctionalInterface
public interface Pages {

    /** @param type the value of the header Content-Type */
    record Page(String type, Bytes content) {}

    /**
     * The page at a path, if there is one.
     *
     * @param accepted the header Accept; empty if absent
     */
    Optional<Page> at(String path, String accepted);
}
