package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/** A record as it was read from a log. */
public record LogRecord(LogPosition position, Bytes value) {}
