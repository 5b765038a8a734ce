package io.gramme.storage;

/**
 * The room on the disk that a store lies on.
 *
 * @param freeBytes as of the last look, which is less than a second ago
 * @param reserveBytes writes are refused while less is free
 * @param full whether writes are refused for want of space
 */
public record DiskSpace(long freeBytes, long reserveBytes, boolean full) {}
