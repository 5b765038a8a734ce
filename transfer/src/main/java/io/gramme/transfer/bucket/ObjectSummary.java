package io.gramme.transfer.bucket;

/**
 * An object as a listing shows it.
 *
 * @param size in bytes
 * @param version changes when the object is replaced; for comparison with an earlier summary only
 */
public record ObjectSummary(String key, long size, String version) {}
