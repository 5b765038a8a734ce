package io.gramme.tables.table;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** A clock in the precision that the service shows. */
public record MillisecondClock(InstantSource exact) implements InstantSource {
    @Override
    public Instant instant() {
        return exact.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
