package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/** A record as read from a log. */
public record LogRecord(LogPosition position, Bytes value) {}
