package io.gramme.transfer.export;

import io.gramme.transfer.format.OutputFormat;
import java.time.Instant;
import java.util.Optional;

/**
 * The summary of an export, as it is read back.
 *
 * @param folder in which the export was written
 * @param filesKey of the manifest of data files, at that time
 * @param itemCount of all data files
 */
public record ExportManifest(
        String exportArn,
        Instant startTime,
        Instant endTime,
        String tableArn,
        String tableId,
        ExportSpan span,
        String bucket,
        Optional<String> prefix,
        String folder,
        String filesKey,
        long billedSizeBytes,
        long itemCount,
        OutputFormat format) {

    /** A line of the manifest of data files. The key is where the file is now. */
    public record File(String key, long itemCount, String md5Checksum, String etag) {}
}
