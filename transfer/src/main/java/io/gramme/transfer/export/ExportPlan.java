package io.gramme.transfer.export;

import io.gramme.transfer.format.OutputFormat;
import java.util.Optional;

/**
 * Where an export is written and how. It must be the same each time the export is resumed.
 *
 * @param prefix S3Prefix as sent; without it the folder is at the root of the bucket
 * @param exportId the last part of the export's ARN: 14 digits, a hyphen and 8 hexadecimal digits
 * @param fileBytes the uncompressed size in bytes from which on a data file is full
 */
public record ExportPlan(
        Optional<String> prefix, String exportId, ExportSpan span, OutputFormat format, long fileBytes) {
    public static final long FILE_BYTES = 128L << 20;

    public ExportPlan {
        if (!exportId.matches("\\d{14}-[0-9a-f]{8}")) {
            throw new IllegalArgumentException("exportId=" + exportId);
        }
        if (fileBytes < 1) {
            throw new IllegalArgumentException("fileBytes=" + fileBytes);
        }
    }

    public ExportPlan(Optional<String> prefix, String exportId, ExportSpan span, OutputFormat format) {
        this(prefix, exportId, span, format, FILE_BYTES);
    }

    /** The folder in which every object of the export begins, without a slash at its end. */
    public String folder() {
        return root() + "/" + exportId;
    }

    /** The folder of data files: incremental exports share one. */
    String dataFolder() {
        return switch (span) {
            case ExportSpan.Full _ -> folder() + "/data";
            case ExportSpan.Incremental _ -> root() + "/data";
        };
    }

    /** ExportManifest. */
    public String summaryKey() {
        return folder() + "/" + FolderNames.SUMMARY;
    }

    String filesKey() {
        return folder() + "/" + FolderNames.FILES;
    }

    /** Random to the eye, and the same each time. */
    String dataKey(int part, int ordinal) {
        return dataFolder() + "/" + FileIds.of(exportId, part, ordinal) + format.suffix();
    }

    private String root() {
        return FolderNames.under(prefix, FolderNames.ROOT);
    }
}
