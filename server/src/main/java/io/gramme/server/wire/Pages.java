package io.gramme.server.wire;

import io.gramme.core.bytes.Bytes;
import java.util.Optional;

/** What can be looked at with a browser, or read by a monitor. Each reader has a virtual thread of its own, and may wait. */
@FunctionalInterface
public interface Pages {

    /** @param type as the header Content-Type has it */
    record Page(String type, Bytes content) {}

    /**
     * The page at a path, if there is one.
     *
     * @param accepted the header Accept; empty where there is none
     */
    Optional<Page> at(String path, String accepted);
}
