package io.gramme.storage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The times in row versions: a version is the time of its transaction, in microseconds since 1970, or just above
 * it.
 */
public final class VersionTime {
    private VersionTime() {}

    /** The version that is assigned at that time, unless versions are assigned faster than one a microsecond. */
    public static long versionAt(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    /** The approximate time at which a version was assigned. */
    public static Instant timeOf(long version) {
        return Instant.EPOCH.plus(version, ChronoUnit.MICROS);
    }
}
