package io.gramme.server.operation;

import io.gramme.api.ExportDescription;
import io.gramme.api.ExportFormat;
import io.gramme.api.ExportStatus;
import io.gramme.api.ExportSummary;
import io.gramme.api.ExportTableToPointInTimeInput;
import io.gramme.api.ExportType;
import io.gramme.api.S3SseAlgorithm;
import io.gramme.recovery.export.Export;
import io.gramme.recovery.export.ExportJob;
import java.util.Optional;

/** Makes the descriptions of exports that the service shows, with the members that each status has (measured). */
final class ExportDescriptions {
    private ExportDescriptions() {}

    static ExportSummary summary(Export export) {
        return ExportSummary.builder()
                .exportArn(export.arn())
                .exportStatus(status(export))
                .exportType(export.isIncremental() ? ExportType.INCREMENTAL_EXPORT : ExportType.FULL_EXPORT)
                .build();
    }

    private static ExportStatus status(Export export) {
        return ExportStatus.valueOf(export.status().name());
    }

    static ExportDescription of(Export export) {
        ExportTableToPointInTimeInput request = export.request();
        boolean complete = export.status() == Export.Status.COMPLETED;
        return ExportDescription.builder()
                .billedSizeBytes(complete ? Optional.of(export.bytes()) : Optional.empty())
                .clientToken(request.clientToken())
                .endTime(export.ended())
                .exportArn(export.arn())
                .exportFormat(request.exportFormat().orElse(ExportFormat.DYNAMODB_JSON))
                .exportManifest(complete ? Optional.of(ExportJob.manifest(export)) : Optional.empty())
                .exportStatus(status(export))
                .exportTime(export.isIncremental() ? Optional.empty() : Optional.of(export.time()))
                .exportType(request.exportType())
                .failureCode(export.failure().map(Export.Failure::code))
                .failureMessage(export.failure().map(Export.Failure::message))
                .filterSpecification(request.filterSpecification())
                .incrementalExportSpecification(request.incrementalExportSpecification())
                .itemCount(complete ? Optional.of(export.items()) : Optional.empty())
                .s3Bucket(request.s3Bucket())
                .s3BucketOwner(request.s3BucketOwner())
                .s3Prefix(request.s3Prefix())
                .s3SseAlgorithm(request.s3SseAlgorithm().orElse(S3SseAlgorithm.AES256))
                .s3SseKmsKeyId(request.s3SseKmsKeyId())
                .startTime(export.started())
                .tableArn(export.source().arn())
                .tableId(export.source().id())
                .build();
    }
}
