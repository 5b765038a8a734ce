package io.gramme.server;

import io.gramme.server.encryption.RootKeyWatch;
import io.gramme.server.encryption.SealedTables;
import io.gramme.server.operation.RootKeys;
import java.util.Optional;

/**
 * What the operations know of the keys of tables.
 *
 * @param rootKeys those that requests name
 * @param watch learns from requests that a key cannot be used
 * @param sealed the keys of tables; empty if rows are not sealed
 */
record EncryptionParts(RootKeys rootKeys, RootKeyWatch watch, Optional<SealedTables> sealed) {}
