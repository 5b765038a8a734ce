package io.gramme.benchmark;

import java.time.Duration;

/**
 * What a server's process has used since it began, and holds now.
 *
 * @param processor time of all processors together
 * @param allocatedBytes of its heap, whether still in use or not
 * @param residentBytes of physical memory
 */
record Usage(Duration processor, long allocatedBytes, long residentBytes) {
    static final Usage NONE = new Usage(Duration.ZERO, 0, 0);

    /** What was used since {@code before}, and is held now. */
    Usage since(Usage before) {
        return new Usage(processor.minus(before.processor), allocatedBytes - before.allocatedBytes, residentBytes);
    }
}
