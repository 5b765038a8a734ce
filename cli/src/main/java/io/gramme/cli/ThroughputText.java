package io.gramme.cli;

import io.gramme.tables.capacity.ThroughputMode;

/** Reads a mode of throughput from an option. */
final class ThroughputText extends EnumText<ThroughputMode> {
    ThroughputText() {
        super(ThroughputMode.values());
    }
}
