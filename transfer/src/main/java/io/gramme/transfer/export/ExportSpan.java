package io.gramme.transfer.export;

import io.gramme.transfer.format.ExportView;
import java.time.Instant;

/** ExportType: which states of the table an export has. */
public sealed interface ExportSpan {
    /** All items as of a moment. */
    record Full(Instant exportTime) implements ExportSpan {}

    /** The changes of a window, {@code from} inclusive, {@code to} exclusive. */
    record Incremental(Instant from, Instant to, ExportView view) implements ExportSpan {}
}
