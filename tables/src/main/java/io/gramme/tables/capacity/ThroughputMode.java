package io.gramme.tables.capacity;

import io.gramme.tables.table.Table;
import java.util.Locale;
import java.util.Optional;

/** How much of the service's throttling a server, or a table, has. Capacity units are counted in each mode. */
public enum ThroughputMode {
    /** No request is refused. */
    OFF,
    /** Requests beyond what the client has set are refused: provisioned throughput, and on-demand maxima. */
    LIMITS,
    /** As {@link #LIMITS}, and beyond what the service itself can do: on-demand capacity, and that of a partition. */
    AWS;

    /** The tag of a table whose value, the name of a mode, overrides the server's mode. */
    public static final String TAG = "gramme:throughput";

    /** The mode of a table. A tag with any other value has no effect. */
    ThroughputMode of(Table table) {
        var tags = table.settings().tags();
        return tags.isEmpty()
                ? this
                : Optional.ofNullable(tags.get(TAG))
                        .flatMap(ThroughputMode::named)
                        .orElse(this);
    }

    /** The mode of a name, in any case. */
    public static Optional<ThroughputMode> named(String name) {
        for (ThroughputMode mode : values()) {
            if (mode.name().equals(name.toUpperCase(Locale.ROOT))) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }
}
