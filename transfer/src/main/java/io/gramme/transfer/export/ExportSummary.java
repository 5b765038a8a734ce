package io.gramme.transfer.export;

import io.gramme.transfer.bucket.BucketAccess;
import java.time.Instant;
import java.util.Optional;

/**
 * What the summary of an export says besides what follows from its {@link ExportPlan} and its files.
 *
 * @param kmsKey S3SseKmsKeyId as sent
 * @param billedSizeBytes what the service would bill
 */
public record ExportSummary(
        String exportArn,
        Instant startTime,
        Instant endTime,
        String tableArn,
        String tableId,
        BucketAccess.Encryption encryption,
        Optional<String> kmsKey,
        long billedSizeBytes) {}
