package io.gramme.benchmark;

import java.time.Duration;

/**
 * The resources that a server's process has used since its start, and holds now.
 *
 * @param processor the time of all processors together
 * @param allocatedBytes the bytes of heap allocated, whether still in use or not
 * @param residentBytes the physical memory held now
 */
record Usage(Duration processor, long allocatedBytes, long residentBytes) {
    static final Usage NONE = new Usage(Duration.ZERO, 0, 0);

    /** The usage since {@code before}; resident memory is that of now. */
    Usage since(Usage before) {
        return new Usage(processor.minus(before.processor), allocatedBytes - before.allocatedBytes, residentBytes);
    }
}
