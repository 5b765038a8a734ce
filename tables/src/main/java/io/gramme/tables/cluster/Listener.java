package io.gramme.tables.cluster;

import io.gramme.core.bytes.Bytes;
import java.util.Set;

/** A cache of stored state that any server may change, refreshed on announcements. */
public interface Listener {

    /** Reads again what was announced as changed. */
    void reload(Set<Bytes> announced);

    /** Reads everything again, because some announcements are not known. */
    void reloadAll();

    /** Whether no request or pass in this process still uses the state before the last refresh. */
    boolean hasSettled();
}
