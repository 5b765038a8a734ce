package io.gramme.kms;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when a test says so. */
final class VirtualClock implements InstantSource {
    private volatile Instant now = Instant.parse("2026-11-30T10:00:05Z");

    @Override
    public Instant instant() {
        return now;
    }

    void advance(Duration by) {
        now = now.plus(by);
    }
}
