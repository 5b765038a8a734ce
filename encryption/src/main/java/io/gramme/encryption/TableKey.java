package io.gramme.encryption;

import io.gramme.core.bytes.Bytes;
import java.util.Map;

/**
 * The key of one table, wrapped: it wraps the data keys of the table's tablespaces.
 *
 * @param id 16 random bytes
 * @param rootKey the ARN of the key that wrapped it
 * @param context of the wrapping; a restored or renamed table keeps that of the key's making
 */
public record TableKey(Bytes id, String rootKey, Map<String, String> context, Bytes wrapped) {}
