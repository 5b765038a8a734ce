package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/** A record that a transaction appends to a log, for all later readers of that log. See {@link ChangeLog}. */
public record Append(PartitionKey log, Bytes value) {}
