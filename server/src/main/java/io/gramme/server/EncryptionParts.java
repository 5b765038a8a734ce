package io.gramme.server;

import io.gramme.server.encryption.RootKeyWatch;
import io.gramme.server.operation.RootKeys;

/**
 * What the operations know of the keys of tables.
 *
 * @param rootKeys those that requests name
 * @param watch learns from requests that a key cannot be used
 */
record EncryptionParts(RootKeys rootKeys, RootKeyWatch watch) {}
