package io.gramme.storage;

/**
 * The free space of the disk on which a store lies.
 *
 * @param freeBytes as of the last measurement, which is less than a second ago
 * @param reserveBytes writes are refused while less is free
 * @param full whether writes are refused for lack of space
 */
public record DiskSpace(long freeBytes, long reserveBytes, boolean full) {}
