package io.gramme.server.cluster;

import io.gramme.core.bytes.Bytes;
import java.util.Set;

/** Keeps in memory what all servers may change. */
public interface Listener {

    /** Reads again what was announced. */
    void takeUp(Set<Bytes> announced);

    /** Reads everything again: what was announced is not known. */
    void takeUpAll();

    /** Whether nothing in this process is under way any more that knows only what was there before. */
    boolean hasSettled();
}
