package io.gramme.recovery;

import io.gramme.recovery.export.Exports;
import io.gramme.recovery.load.BulkPuts;
import io.gramme.recovery.load.Imports;
import java.time.Duration;

/**
 * The parts of recovery that the operations use.
 *
 * @param lag how far the end of a recovery window lies back
 */
public record Recovery(
        Backups backups, Restores restores, Exports exports, Imports imports, BulkPuts bulkPuts, Duration lag) {}
