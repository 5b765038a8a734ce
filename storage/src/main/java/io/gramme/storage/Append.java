package io.gramme.storage;

import io.gramme.core.bytes.Bytes;

/** A record that a transaction leaves in a log, for all who read the log later. See {@link ChangeLog}. */
public record Append(PartitionKey log, Bytes value) {}
